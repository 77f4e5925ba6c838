// Differences of environment between two runs: the cluster, the machine, the lab, and the scenario itself.
import { isDeepStrictEqual } from 'node:util'
import { defaultPlatform } from '../model/platform.ts'
import type { Environment } from '../model/environment.ts'
import type { MeasuredScenario } from '../model/run.ts'
import type { Difference } from './run-diff.ts'

/** Differences of the environment, the lab and Kubernetes first. */
export const changedEnvironment = (older: Environment, newer: Environment): Difference[] => {
  const [before, after] = [factsOf(older), factsOf(newer)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((what) => ({ what, older: before.get(what) ?? null, newer: after.get(what) ?? null }))
    .filter((each) => each.older !== each.newer)
}

/** The commit of the lab that made the run. */
export const commitOfLab = ({ labCommit }: Environment): string => labCommit ?? 'not recorded'

/** A run of before there were platforms had the default one. */
export const platformName = ({ name } = defaultPlatform): string => name

/** Identical for two machines of one kind. */
const ofMachine = new Set(['CPUs', 'CPU', 'memory, GiB', 'kernel', 'cgroup'])

/** Differences of the machine. */
export const changedMachine = (older: Environment, newer: Environment): Difference[] =>
  changedEnvironment(older, newer).filter(({ what }) => ofMachine.has(what))

const factsOf = (environment: Environment): Map<string, string> => {
  const { nodes, host, images } = environment
  const ofNodes = (value: (node: Environment['nodes'][number]) => string): string => [...new Set(nodes.map(value))].join(', ')
  return new Map([
    ['lab', environment.labVersion],
    ['lab commit', commitOfLab(environment)],
    ['Kubernetes', environment.kubernetes],
    ['kubelet', ofNodes(({ kubelet }) => kubelet)],
    ['container runtime', ofNodes(({ containerRuntime }) => containerRuntime)],
    ['provider', environment.provider],
    ['shape', environment.shape],
    ['platform', platformName(environment.platform)],
    ['nodes', String(nodes.length)],
    ['kernel', ofNodes(({ kernel }) => kernel)],
    ['CPUs', String(host.cpus)],
    ['CPU', host.cpuModel],
    ['memory, GiB', (host.memoryBytes / 1024 ** 3).toFixed(0)],
    ['cgroup', host.cgroup],
    ['Docker engine', environment.dockerEngine],
    ['Node.js', environment.node],
    ...images.map(({ name }): [string, string] => {
      const [, repository = name, tag = ''] = /^(.+?)[:@]([^/]+)$/.exec(name) ?? []
      return [`image ${repository}`, tag]
    }),
  ])
}

/** The definition of a scenario, as a run records it. */
interface Content extends Pick<MeasuredScenario, 'method' | 'manifests'> {
  readonly arms: readonly Pick<MeasuredScenario['arms'][number], 'name' | 'differences'>[]
}

/** Differences of a scenario, in words: if any, the runs are different experiments. */
export const changedContent = (older: Content, newer: Content): string[] => {
  const parts = (run: Content): [string, unknown][] => [
    ['its rules', run.method.expect],
    ['its limits', run.method.limits],
    ['its trigger and steps', run.method.episode && { trigger: run.method.episode.trigger, steps: run.method.episode.steps }],
    ...run.manifests.map(({ file, text }): [string, unknown] => [file, text]),
    ...run.arms.flatMap(({ differences }) => differences.map(({ file, text }): [string, unknown] => [file, text])),
  ]
  const [before, after] = [new Map(parts(older)), new Map(parts(newer))]
  const inBoth = [...after.keys()].filter((what) => before.has(what))
  const onlyOne = [...before.keys(), ...after.keys()].filter((what) => !before.has(what) || !after.has(what))
  return [...inBoth.filter((what) => !isDeepStrictEqual(before.get(what), after.get(what))), ...new Set(onlyOne)].filter(
    (what) => !isOfOneArm(what, older, newer),
  )
}

/** A file of an arm that only one run has does not count as a change of the scenario. */
const isOfOneArm = (file: string, older: Content, newer: Content): boolean => {
  const armsWith = (run: Content): string[] =>
    run.arms.filter(({ differences }) => differences.some((each) => each.file === file)).map(({ name }) => name)
  const names = (run: Content): string[] => run.arms.map(({ name }) => name)
  const all = [...armsWith(older), ...armsWith(newer)]
  return all.length > 0 && all.every((name) => !names(older).includes(name) || !names(newer).includes(name))
}
