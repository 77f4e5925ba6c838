// The command that repeats a run, derived from run.json: the command line itself is not stored.
import type { Run, ScenarioRun } from './run.ts'

type AsMeasured = Omit<Run, 'busy'>

const fewestOfFlag = 2

/** Quotes a word for a shell. */
const word = (text: string): string => (/^[\w./:,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)

/** The common value; undefined if they differ, or there are none. */
const shared = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)

/** `--blocks` is one number for all scenarios: if they differ, the flag was not given. A run until it is settled has several looks, and no such flag. */
const blocksFlag = ({ scenarios }: AsMeasured): string[] => {
  if (scenarios.some(({ design }) => (design?.looks.length ?? 0) > 1)) return ['--until-settled']
  const blocks = shared(scenarios.map(({ method }) => method.blocks))
  return blocks === undefined || blocks < fewestOfFlag ? [] : ['--blocks', String(blocks)]
}

/** Every run has control and incident; the flag needs another arm. */
const chosen = ({ arms }: ScenarioRun): string =>
  arms
    .filter(({ kind }) => kind !== 'control' && kind !== 'incident')
    .map(({ name }) => name)
    .join(',') || 'incident'

/** `--arm` takes names that every scenario has: if they differ, it was not given. */
const armFlag = ({ scenarios }: AsMeasured): string[] => {
  const arms = shared(scenarios.map(chosen))
  return arms === undefined ? [] : ['--arm', arms]
}

const kubernetesFlag = ({ environment }: AsMeasured): string[] => {
  const minor = /^v\d+\.\d+/.exec(environment.kubernetes)?.[0]
  return minor === undefined ? [] : ['--kubernetes', minor]
}

/** Slug or path by which `lab run` finds it. */
const named = ({ slug, folder = slug }: ScenarioRun): string => word(folder)

/**
 * `npx lab run ...`: the same scenarios, arms, blocks (or the same rule of when to stop) and order of trials. What was skipped is not named: `lab run` refuses a named scenario that
 * cannot run.
 */
export const commandOf = (run: AsMeasured): string =>
  [measureAgain(run), ...kubernetesFlag(run).map(word), `--seed ${run.seed}`].join(' ')

/** The same measurement, without the version of Kubernetes and the seed. */
export const measureAgain = (run: AsMeasured): string =>
  [
    'npx lab run',
    ...(run.scenarios.length === 0 ? ['--all'] : run.scenarios.map(named)),
    ...(run.mode === 'quick' ? ['--quick'] : []),
    ...[...armFlag(run), ...blocksFlag(run)].map(word),
  ].join(' ')
