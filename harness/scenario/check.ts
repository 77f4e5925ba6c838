// Problems of a scenario beyond its schema: missing files, invalid probe options, metrics that no probe yields.
import { join, relative } from 'node:path'
import { extensionFile } from '../extension.ts'
import { LabError } from '../model/lab-error.ts'
import { differenceFiles } from '../model/scenario.ts'
import type { EpisodeTrial, Scenario, Step } from '../model/scenario.ts'
import { isThere, repositoryRoot, shapePath } from '../places.ts'
import { modelsFolder } from '../predict/find-model.ts'
import { findProbe } from '../probe/kit/find-probe.ts'
import { ignoredFailures } from './ignored-failures.ts'
import { manifestProblems } from './manifest-problems.ts'
import { nearMiss } from './near-miss.ts'
import type { Problem } from './problem.ts'

/** All problems at once, so that a typo is reported before a run. */
export const problemsOf = async (scenario: Scenario, folder: string): Promise<Problem[]> => {
  const missing = await missingFiles(scenario, folder)
  if (missing.length === 0) missing.push(...(await manifestProblems(scenario, folder)))
  const found = await Promise.all(
    Object.entries(scenario.probes).map(([name, options]) => probeOf(scenario, folder, name, options)),
  )
  const wrong = found.flatMap((each) => each.problems)
  // The metrics are known only if every probe is valid: otherwise rules about metrics of an invalid probe would also be reported.
  if (wrong.length > 0) return [...missing, ...wrong]
  return [
    ...missing,
    ...twice(found),
    ...ignoredFailures(scenario),
    ...unknownMetrics(scenario, new Set(found.flatMap((each) => each.metrics))),
  ]
}

interface OfProbe {
  readonly name: string
  readonly metrics: readonly string[]
  readonly problems: readonly Problem[]
}

const probeOf = async ({ trial }: Scenario, folder: string, name: string, options: unknown): Promise<OfProbe> => {
  const path = ['probes', name]
  try {
    const { metrics, needsTimeline } = await findProbe(name, options, folder)
    const message = 'reads the timeline of an episode, but steady load has none'
    return { name, metrics: Object.keys(metrics), problems: needsTimeline && trial.kind === 'steady' ? [{ path, message }] : [] }
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    const messages = error.details.evidence ?? [error.message]
    return { name, metrics: [], problems: messages.map((message) => ({ path, message })) }
  }
}

/** Two probes with the same metric would overwrite each other's values. */
const twice = (found: readonly OfProbe[]): Problem[] =>
  found.flatMap(({ name, metrics }, index) =>
    metrics.flatMap((metric) => {
      const other = found.slice(0, index).find((each) => each.metrics.includes(metric))
      return other ? [{ path: ['probes', name], message: `yields ${metric}, as ${other.name} does` }] : []
    }),
  )

const unknownMetrics = ({ expect, headline = '' }: Scenario, metrics: ReadonlySet<string>): Problem[] => {
  const unknown = (path: readonly PropertyKey[], name: string): Problem[] =>
    metrics.has(name) ? [] : [{ path, message: `no probe of this scenario yields ${name}: ${nearMiss(name, [...metrics])}` }]
  const inRules = Object.entries(expect).flatMap(([verdict, rules = []]) =>
    rules.flatMap(({ metric, bounds }, index) => [
      ...unknown(['expect', verdict, index], metric),
      ...bounds.flatMap(({ of }) => (of === undefined ? [] : unknown(['expect', verdict, index], of.split('.').at(-1) ?? of))),
    ]),
  )
  const inHeadline = [...headline.matchAll(/\{([^}]*)\}/g)].flatMap(([, name = '']) =>
    unknown(['headline'], name.replace(/^control\./, '')),
  )
  return [...inRules, ...inHeadline]
}

const missingFiles = async (scenario: Scenario, folder: string): Promise<Problem[]> => {
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
    ...(scenario.predict ? [{ path: ['predict'], file: extensionFile(modelsFolder, scenario.predict) }] : []),
    ...(scenario.trial.kind === 'episode'
      ? [
          { path: ['trial', 'trigger'], file: join(folder, scenario.trial.trigger) },
          ...filesOf(scenario.trial.steps, ['trial']),
          ...paceFiles(scenario.trial),
        ]
      : []),
    ...Object.entries(scenario.arms).flatMap(([name, arm]) => [
      ...differenceFiles(arm).map((file) => ({ path: ['arms', name, 'difference'], file: join(folder, file) })),
      ...(['whenConnected', 'trigger'] as const).flatMap((field) =>
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
      (await isThere(file)) ? [] : [{ path, message: `there is no file ${relative(process.cwd(), file)}` }],
    ),
  )
  return checked.flat()
}
