// What a workshop makes of a scenario: the file exercise.ts in its folder, checked against the scenario.
import { join, relative } from 'node:path'
import { loadExport } from '../extension.ts'
import { Exercise } from '../model/exercise.ts'
import { LabError } from '../model/lab-error.ts'
import { isThere } from '../places.ts'
import type { LoadedScenario } from '../model/scenario.ts'

/** An error says what is wrong with the file, or that the scenario has none. */
export const loadExercise = async ({ scenario, folder }: LoadedScenario): Promise<Exercise> => {
  const file = join(folder, 'exercise.ts')
  if (!(await isThere(file)))
    throw new LabError(`${scenario.slug} is no exercise`, {
      why: `there is no ${relative(process.cwd(), file)}: it says what the learner is told and how a repair is measured`,
      exit: 'usage',
    })
  const exercise = await loadExport(file, 'default', Exercise)
  const problems = await problemsOf(exercise, { scenario, folder })
  if (problems.length > 0)
    throw new LabError(`${relative(process.cwd(), file)} does not fit its scenario`, { evidence: problems, exit: 'usage' })
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
    ...named.filter((arm) => !arms[arm]).map((arm) => `there is no arm ${arm}`),
    ...(arms[solution] && arms[solution].kind !== 'fix' ? [`solution: ${solution} is no fix`] : []),
    ...((trial.kind === 'episode') === (story !== undefined) ? [] : ['story: an episode has one, and steady load has none']),
    ...missing.flat(),
  ]
}
