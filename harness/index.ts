// What a scenario may use of the harness: this file and no other.
export { defineScenario } from './model/scenario.ts'
export { metric } from './model/rule.ts'
export { defineExercise } from './model/exercise.ts'
