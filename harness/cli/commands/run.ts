// lab run: scenarios run and judged, reports written.
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { withLock } from '../../measure/lock.ts'
import { chooseScenarios, loadScenarios } from '../../scenario/load-scenarios.ts'
import { selectArms } from '../../scenario/select-arms.ts'
import { planned, run } from '../../measure/run.ts'
import { blocks, kubernetesOption, names, randomSeed, seed, within, workers } from '../flags.ts'
import { expectation, refuseLonger } from '../expectation.ts'
import { judgeRun } from '../../judge/judge-run.ts'
import { exitCodes, LabError } from '../../model/lab-error.ts'
import type { Run } from '../../model/run.ts'
import { exitOf, showRun, writeRun } from '../results.ts'
import { provider, work } from '../session.ts'

interface Flags {
  readonly all?: true
  readonly arm?: string[]
  readonly quick?: true
  readonly blocks?: number
  readonly kubernetes?: string
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
    .argument('[slug...]', 'scenarios, as `lab list` names them, or paths of folders such as ./my-scenario')
    .option('--all', 'every scenario; one that this cluster cannot show is skipped, and shown as skipped')
    .addOption(
      new Option('--arm <names>', 'only these arms, joined by commas; control and incident are always among them').argParser(
        names,
      ),
    )
    .option('--quick', 'fewer and shorter trials, for CI and demonstrations')
    .addOption(new Option('--blocks <number>', 'blocks of trials, instead of as many as the scenario says').argParser(blocks))
    .addOption(kubernetesOption(provider.minors))
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
      const chosen = flags.all ? await loadScenarios() : await chooseScenarios(slugs)
      if (chosen.length === 0)
        throw new LabError('No scenario was named', { exit: 'usage', next: 'name one, or pass --all; `lab list` shows them' })
      const mode = flags.quick ? 'quick' : 'full'
      const scenarios = chosen.map((loaded) => ({ loaded, arms: selectArms(loaded.scenario, flags.arm, mode) }))
      const expected = await expectation(planned(scenarios), { mode, blocks: flags.blocks }, flags)
      refuseLonger(expected, flags.within)
      const out = flags.out ?? join('reports', 'runs', new Date().toISOString().replaceAll(':', '-').slice(0, 19))
      await withLock(async () => {
        const {
          run: measured,
          error,
          leftBehind,
        } = await run({
          ...work(expected.seconds),
          provider,
          scenarios,
          out,
          mode,
          skipUnfit: flags.all ?? false,
          blocks: flags.blocks,
          kubernetes: flags.kubernetes,
          workers: flags.workers,
          seed: flags.seed ?? randomSeed(),
          keep: flags.keep ?? false,
          offline: flags.offline ?? false,
        })
        if (measured) await report(await judgeRun(measured), out, flags.json ?? false)
        if (leftBehind.length > 0) reportLeftBehind(leftBehind)
        if (error !== undefined) throw error
      })
    })

/** A run that was cut off leaves its report like any other, and its table stays out of the way of the error. */
const report = async (judged: Run, out: string, json: boolean): Promise<void> => {
  await writeRun(judged, out)
  if (judged.finishedAt === null) return void process.stderr.write(`\nwhat was measured: ${resolve(out, 'report.html')}\n`)
  showRun(judged, out, json)
  process.exitCode = exitOf(judged)
}

/** What clean-up could not undo stands beside whatever else went wrong; a run whose clean-up failed has not gone well. */
const reportLeftBehind = (lines: readonly string[]): void => {
  const error = new LabError('Clean-up left something behind', {
    evidence: lines,
    next: '`lab down` removes the cluster with everything in it',
  })
  process.stderr.write(`\n${error.explain().join('\n')}\n`)
  process.exitCode ||= exitCodes.unexpected.code
}
