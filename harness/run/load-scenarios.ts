// Scenarios are found, not registered: every folder under scenarios/ with a scenario.ts is one.
import { access, readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { repositoryRoot, shapePath } from '../cluster/kind/paths.ts'
import { LabError, messageOf } from '../model/lab-error.ts'
import { Scenario } from '../model/scenario.ts'
import type { EpisodeTrial, Step } from '../model/scenario.ts'
import { lineOf } from './line-of.ts'
import { nearMiss } from './near-miss.ts'

/** A scenario and where its files are. */
export interface LoadedScenario {
  readonly scenario: Scenario
  readonly folder: string
}

/** `LAB_SCENARIOS` names another folder of scenarios. */
const scenariosFolder = (): string => process.env.LAB_SCENARIOS ?? join(repositoryRoot, 'scenarios')

/** All scenarios in the order of their names, or one error that lists every problem of every file. */
export const loadScenarios = async (): Promise<readonly LoadedScenario[]> => {
  const folder = scenariosFolder()
  const slugs = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
  const loaded = await Promise.all(slugs.map((slug) => loadScenario(join(folder, slug), slug)))
  const problems = loaded.flatMap((each) => ('problems' in each ? each.problems : []))
  if (problems.length > 0)
    throw new LabError('A scenario is broken', { evidence: problems, exit: 'usage', next: 'mend the lines named above' })
  return loaded.filter((each) => 'scenario' in each)
}

/** The scenarios of these slugs; an unknown one is an error that names the near miss. */
export const selectScenarios = (all: readonly LoadedScenario[], slugs: readonly string[]): readonly LoadedScenario[] =>
  slugs.map((slug) => {
    const found = all.find((each) => each.scenario.slug === slug)
    if (found) return found
    const known = all.map((each) => each.scenario.slug)
    throw new LabError(`There is no scenario ${slug}`, {
      exit: 'usage',
      why: nearMiss(slug, known),
      next: '`lab list` shows them all',
    })
  })

const loadScenario = async (folder: string, slug: string): Promise<LoadedScenario | { problems: string[] }> => {
  const file = join(folder, 'scenario.ts')
  const shown = relative(process.cwd(), file)
  const source = await readFile(file, 'utf8').catch(() => '')
  let written: unknown
  try {
    written = ((await import(pathToFileURL(file).href)) as { default: unknown }).default
  } catch (error) {
    return { problems: [`${shown}: ${messageOf(error)}`] }
  }
  const parsed = Scenario.safeParse(written)
  if (!parsed.success)
    return {
      problems: problemsIn(parsed.error.issues).map(
        ({ path, message }) => `${shown}:${lineOf(source, path)}: ${path.join('.')}: ${message}`,
      ),
    }
  const problems = [
    ...(parsed.data.slug === slug
      ? []
      : [`${shown}:${lineOf(source, ['slug'])}: slug: is ${parsed.data.slug}, but the folder is ${slug}`]),
    ...(await missingFiles(parsed.data, folder, source, shown)),
  ]
  return problems.length > 0 ? { problems } : { scenario: parsed.data, folder }
}

const missingFiles = async (scenario: Scenario, folder: string, source: string, shown: string): Promise<string[]> => {
  const filesOf = (steps: readonly Step[], of: readonly string[]): { path: PropertyKey[]; file: string }[] =>
    steps.flatMap(({ apply, run }, index) => {
      const file = apply ?? run
      return file ? [{ path: [...of, 'steps', index, apply ? 'apply' : 'run'], file: join(folder, file) }] : []
    })
  const paceFiles = (trial: EpisodeTrial): { path: PropertyKey[]; file: string }[] =>
    (['full', 'quick'] as const).flatMap((mode) => {
      const { difference } = trial[mode]
      return difference ? [{ path: ['trial', mode, 'difference'], file: join(folder, difference) }] : []
    })
  const needed: { path: PropertyKey[]; file: string }[] = [
    { path: ['shape'], file: shapePath(scenario.shape) },
    ...Object.keys(scenario.probes).map((name) => ({
      path: ['probes', name],
      file: join(repositoryRoot, 'harness/probe', `${name}.ts`),
    })),
    ...(scenario.predict ? [{ path: ['predict'], file: join(repositoryRoot, 'harness/predict', `${scenario.predict}.ts`) }] : []),
    ...(scenario.trial.kind === 'episode'
      ? [
          { path: ['trial', 'trigger'], file: join(folder, scenario.trial.trigger) },
          ...filesOf(scenario.trial.steps, ['trial']),
          ...paceFiles(scenario.trial),
        ]
      : []),
    ...Object.entries(scenario.arms).flatMap(([name, arm]) => [
      ...(['difference', 'whenConnected', 'trigger'] as const).flatMap((field) =>
        arm[field] ? [{ path: ['arms', name, field], file: join(folder, arm[field]) }] : [],
      ),
      ...(arm.underLoad ? [{ path: ['arms', name, 'underLoad', 'run'], file: join(folder, arm.underLoad.run) }] : []),
      ...arm.addOns.map((addOn, index) => ({
        path: ['arms', name, 'addOns', index],
        file: join(repositoryRoot, 'workloads', addOn, 'add-on.ts'),
      })),
      ...filesOf(arm.steps, ['arms', name]),
    ]),
  ]
  const checked = await Promise.all(
    needed.map(async ({ path, file }) =>
      (await access(file).then(
        () => true,
        () => false,
      ))
        ? []
        : [`${shown}:${lineOf(source, path)}: ${path.join('.')}: there is no file ${relative(process.cwd(), file)}`],
    ),
  )
  return checked.flat()
}

/** Of a union the problems of the alternative that comes closest to what is written: the others would only confuse. */
const problemsIn = (
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
): { path: PropertyKey[]; message: string }[] =>
  issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    const [closest] = issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => weight(a) - weight(b)) : []
    return closest ? problemsIn(closest, path) : [{ path, message: issue.message }]
  })

const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

/** Every problem of one value, for errors that list them. */
export const issuesOf = (error: z.ZodError): string[] =>
  problemsIn(error.issues).map(({ path, message }) => `${path.join('.')}: ${message}`)
