// What a scenario, with its probes, may use of the harness: this file and no other.
export * as z from 'zod'
export { defineScenario } from './model/scenario.ts'
export { metric } from './model/rule.ts'
export { defineClaims } from './model/claim.ts'
export { defineExercise } from './model/exercise.ts'
export { defineProbe, defineTimelineProbe } from './probe/kit/probe.ts'
export { callSeconds } from './timeline/client-calls.ts'
export { rangesOf, totalSeconds } from './timeline/time-range.ts'
