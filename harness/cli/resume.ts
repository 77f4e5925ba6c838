// The request that resumes an interrupted run.
import { changedContent } from '../diff/surroundings.ts'
import { readUnfinished } from '../judge/read-run.ts'
import { contentOf } from '../measure/content.ts'
import type { RunOptions } from '../measure/run.ts'
import { noTurns } from '../measure/turn.ts'
import { LabError } from '../model/lab-error.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'

export interface Resumed {
  readonly options: Pick<
    RunOptions,
    | 'scenarios'
    | 'mode'
    | 'skipUnfit'
    | 'blocks'
    | 'episodes'
    | 'comparison'
    | 'turn'
    | 'untilSettled'
    | 'platform'
    | 'kubernetes'
    | 'workers'
    | 'seed'
    | 'earlier'
    | 'out'
  >
  /** The scenarios with trials left. */
  readonly left: RunOptions['scenarios']
}

/** The same scenarios, arms, blocks and seed, and a cluster of the same version and size. */
export const resumed = async (folder: string): Promise<Resumed> => {
  const { run, plan } = await readUnfinished(folder)
  const { seed, mode, environment } = run
  const found = await chooseScenarios(plan.scenarios.map((each) => each.folder))
  const scenarios = found.map((each, index) => ({ loaded: each, arms: plan.scenarios[index]?.arms ?? [] }))
  const evidence: string[] = []
  for (const measured of run.scenarios) {
    const chosen = scenarios.find((each) => each.loaded.scenario.slug === measured.slug)
    const changed = chosen ? changedContent(measured, await contentOf(chosen.loaded, chosen.arms, mode)) : ['its name']
    evidence.push(...changed.map((what) => `${measured.slug}: ${what}`))
  }
  if (evidence.length > 0)
    throw new LabError('The run cannot be resumed: its scenarios have changed since', {
      evidence,
      next: 'run them again; `lab judge` reports what was measured until then',
      exit: 'usage',
    })
  const workers = environment.nodes.length - 1 // without the control plane
  const isOver = (slug: string): boolean => run.scenarios.some((each) => each.slug === slug && each.complete)
  const options = {
    scenarios,
    mode,
    seed,
    skipUnfit: plan.skipUnfit,
    blocks: plan.blocks ?? undefined,
    episodes: plan.episodes,
    comparison: run.comparison,
    turn: noTurns,
    untilSettled: plan.untilSettled,
    platform: environment.platform?.name,
    kubernetes: /^v\d+\.\d+/.exec(environment.kubernetes)?.[0],
    workers: workers > 0 ? workers : undefined,
    earlier: run,
    out: folder,
  }
  return { options, left: scenarios.filter(({ loaded }) => !isOver(loaded.scenario.slug)) }
}
