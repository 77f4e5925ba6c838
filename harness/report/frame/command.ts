// The command that makes a run again, from what run.json says of it: the command line itself is not kept.
import type { Run, ScenarioRun } from '../../model/run.ts'

const fewestOfFlag = 2

/** A word as a shell reads it back. */
const word = (text: string): string => (/^[\w./:,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)

/** What all of them have in common; undefined where they differ, or there are none. */
const shared = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)

/** `--blocks` is one number for all scenarios: where they differ each had its own, as without the flag. */
const blocksFlag = ({ scenarios }: Run): string[] => {
  const blocks = shared(scenarios.map(({ method }) => method.blocks))
  return blocks === undefined || blocks < fewestOfFlag ? [] : ['--blocks', String(blocks)]
}

/** Control and incident are among the arms of every run; an arm has to be named for the flag to be there. */
const chosen = ({ arms }: ScenarioRun): string =>
  arms
    .filter(({ kind }) => kind !== 'control' && kind !== 'incident')
    .map(({ name }) => name)
    .join(',') || 'incident'

/** `--arm` takes names that every scenario has: where they differ it was not given. */
const armFlag = ({ scenarios }: Run): string[] => {
  const arms = shared(scenarios.map(chosen))
  return arms === undefined ? [] : ['--arm', arms]
}

const kubernetesFlag = ({ environment }: Run): string[] => {
  const minor = /^v\d+\.\d+/.exec(environment.kubernetes)?.[0]
  return minor === undefined ? [] : ['--kubernetes', minor]
}

/** How `lab run` finds it, also where its name is not known. */
const named = ({ slug, folder = slug }: ScenarioRun): string => word(folder)

/** Where the run has scenarios of other folders, `--all` needs those folders. */
const foldersOf = ({ scenarios }: Run): string[] => {
  const folders = new Set(scenarios.map(({ folder }) => folder?.replace(/\/[^/]+$/, '') ?? './scenarios'))
  return scenarios.some(({ folder }) => folder !== undefined) ? [`LAB_SCENARIOS=${word([...folders].join(':'))}`] : []
}

const isOfAll = ({ skipped, scenarios }: Run): boolean => skipped.length > 0 || scenarios.length === 0

/** `npx lab run ...`: the same scenarios, arms, blocks and order of trials. Only `--all` skips a scenario. */
export const commandOf = (run: Run): string =>
  [
    ...(isOfAll(run) ? foldersOf(run) : []),
    'npx lab run',
    ...(isOfAll(run) ? ['--all'] : run.scenarios.map(named)),
    ...(run.mode === 'quick' ? ['--quick'] : []),
    ...[...armFlag(run), ...blocksFlag(run), ...kubernetesFlag(run)].map(word),
    `--seed ${run.seed}`,
  ].join(' ')
