// Loads the exercise of a scenario: the file exercise.ts in its folder, checked against the scenario.
import { join, relative } from 'node:path'
import { loadExport } from '../extension.ts'
import { Exercise } from '../model/exercise.ts'
import { LabError } from '../model/lab-error.ts'
import { isThere } from '../places.ts'
import type { LoadedScenario } from '../model/scenario.ts'

/** Throws with the problems of the file, or if the scenario has none. */
export const loadExercise = async ({ scenario, folder }: LoadedScenario): Promise<Exercise> => {
  const file = join(folder, 'exercise.ts')
  if (!(await isThere(file)))
    throw new LabError(`${scenario.slug} is not an exercise`, {
      why: `there is no ${relative(process.cwd(), file)}, which has the learner's texts and the check of the repair`,
      next: 'docs/workshop.md lists the exercises; docs/writing-a-scenario.md says how to write that file',
      exit: 'usage',
    })
  const exercise = await loadExport(file, 'default', Exercise)
  const problems = await problemsOf(exercise, { scenario, folder })
  if (problems.length > 0)
    throw new LabError(`${relative(process.cwd(), file)} does not fit its scenario`, {
      evidence: problems,
      next: 'fix the lines above in that file',
      exit: 'usage',
    })
  return exercise
}

const problemsOf = async ({ solution, story }: Exercise, { scenario, folder }: LoadedScenario): Promise<string[]> => {
  const { arms, trial } = scenario
  const check = story?.check
  const named = [solution, ...(check && 'again' in check ? [check.again] : [])]
  const scripts = (check?.before ?? []).map(({ run }) => run)
  const missing = await Promise.all(
    scripts.map(async (run) => ((await isThere(join(folder, run))) ? [] : [`there is no file ${run}`])),
  )
  return [
    ...named.filter((arm) => !arms[arm]).map((arm) => `unknown arm ${arm}`),
    ...(arms[solution] && arms[solution].kind !== 'fix' ? [`solution: ${solution} is not of kind fix`] : []),
    ...((trial.kind === 'episode') === (story !== undefined)
      ? []
      : ['story: required for an episode, not allowed for steady load']),
    ...missing.flat(),
  ]
}
