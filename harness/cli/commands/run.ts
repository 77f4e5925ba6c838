// lab run: scenarios run and judged, reports written.
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { withLock } from '../../run/lock.ts'
import { loadScenarios, selectScenarios } from '../../run/load-scenarios.ts'
import { selectArms } from '../../run/select-arms.ts'
import { planned, run } from '../../run/run.ts'
import { blocks, names, randomSeed, seed, within, workers } from '../flags.ts'
import { expectation, refuseLonger } from '../expectation.ts'
import { LabError } from '../../model/lab-error.ts'
import { exitOf, writeReports } from '../results.ts'
import { provider, work } from '../session.ts'

interface Flags {
  readonly all?: true
  readonly arm?: string[]
  readonly quick?: true
  readonly blocks?: number
  readonly workers?: number
  readonly within?: number
  readonly out?: string
  readonly seed?: number
  readonly keep?: boolean
  readonly offline?: boolean
  readonly json?: true
}

export const command = (): Command =>
  new Command('run')
    .description('run scenarios on a real cluster: reproduce, repair, measure, judge, report')
    .argument('[slug...]', 'scenarios, as `lab list` names them')
    .option('--all', 'every scenario; one that this cluster cannot show is skipped, and shown as skipped')
    .addOption(
      new Option('--arm <names>', 'only these arms, joined by commas; control and incident are always among them').argParser(
        names,
      ),
    )
    .option('--quick', 'fewer and shorter trials, for CI and demonstrations')
    .addOption(new Option('--blocks <number>', 'blocks of trials, instead of as many as the scenario says').argParser(blocks))
    .addOption(
      new Option(
        '--workers <number>',
        'worker nodes of a new cluster; without it as many as are of use and this machine has room for',
      ).argParser(workers),
    )
    .addOption(
      new Option('--within <time>', 'start nothing that would take longer, such as 15m; say which scenarios fit').argParser(
        within,
      ),
    )
    .option('--out <folder>', 'where the reports go (default: reports/runs/<time>)')
    .addOption(new Option('--seed <number>', 'decides the order of trials (default: a random one, recorded)').argParser(seed))
    .option(
      '--keep',
      'leave the cluster and what was deployed; without it a run removes what it made, and a cluster that was up before stays up',
    )
    .option('--offline', 'build all images here, even where a registry can be reached')
    .option('--json', 'print run.json instead of the table')
    .action(async (slugs: string[], flags: Flags) => {
      const all = await loadScenarios()
      const chosen = flags.all ? all : selectScenarios(all, slugs)
      if (chosen.length === 0)
        throw new LabError('No scenario was named', { exit: 'usage', next: 'name one, or pass --all; `lab list` shows them' })
      const mode = flags.quick ? 'quick' : 'full'
      const scenarios = chosen.map((loaded) => ({ loaded, arms: selectArms(loaded.scenario, flags.arm, mode) }))
      const expected = await expectation(planned(scenarios), { mode, blocks: flags.blocks }, flags.workers)
      refuseLonger(expected, flags.within)
      const out = flags.out ?? join('reports', 'runs', new Date().toISOString().replaceAll(':', '-').slice(0, 19))
      await withLock(async () => {
        const finished = await run({
          ...work(expected.seconds),
          provider,
          scenarios,
          out,
          mode,
          skipUnfit: flags.all ?? false,
          blocks: flags.blocks,
          workers: flags.workers,
          seed: flags.seed ?? randomSeed(),
          keep: flags.keep ?? false,
          offline: flags.offline ?? false,
        })
        await writeReports(finished, out, flags.json ?? false)
        process.exitCode = exitOf(finished)
      })
    })
