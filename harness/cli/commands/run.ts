// lab run: runs and judges scenarios, and writes reports.
import { Command, Option } from 'commander'
import { selectArmsOfEach } from '../../scenario/select-arms.ts'
import {
  blocks,
  episodes,
  kubernetesVersionsOption,
  mayReplaceCluster,
  names,
  platformOption,
  portNumber,
  randomSeed,
  replaceOption,
  seed,
  within,
  workers,
} from '../flags.ts'
import { expectation, expectationLine, enforceTimeLimit, requireFirstLook } from '../expectation.ts'
import { plannedOf, showDesign } from '../design-text.ts'
import { steadyArmsIn } from '../../design/design.ts'
import type { RunExpectation } from '../expectation.ts'
import { LabError } from '../../model/lab-error.ts'
import { withLock } from '../at-work.ts'
import { chosenBy } from '../chosen.ts'
import { comparisonOf, turnsFromComparison } from '../compare/side.ts'
import { noLivePage, openLivePage } from '../live-page.ts'
import type { LivePage } from '../live-page.ts'
import { newFolder, outputOf } from '../results.ts'
import { resumed } from '../resume.ts'
import type { Resumed } from '../resume.ts'
import type { RunOptions } from '../../measure/run.ts'
import { noTurns } from '../../measure/turn.ts'
import type { MeasuredRun } from '../../model/run.ts'
import { runMatrix, runOne } from '../runs.ts'
import { provider, work } from '../session.ts'
import { interrupted } from '../signals.ts'

interface Flags {
  readonly all?: true
  readonly suite?: string
  readonly arm?: string[]
  readonly quick?: true
  readonly blocks?: number
  readonly episodes?: number
  readonly side?: MeasuredRun['comparison']
  readonly platform?: string
  readonly kubernetes?: string[]
  readonly workers?: number
  readonly within?: number
  readonly untilSettled?: true
  readonly atMost?: number
  readonly plan?: true
  readonly out?: string
  readonly seed?: number
  readonly resume?: string
  readonly keep?: boolean
  readonly offline?: boolean
  readonly replace?: boolean
  readonly live?: true
  readonly port?: number
  readonly json?: true
  readonly table?: true
}

export const command = (): Command =>
  new Command('run')
    .description('run scenarios on a real cluster: reproduce, repair, measure, judge, report')
    .argument('[slug...]', 'scenarios, as `lab list` names them, or paths of folders such as ./my-scenario')
    .option('--all', 'every scenario; the lab skips those this cluster cannot run, and reports them as skipped')
    .addOption(
      new Option(
        '--suite <name>',
        'every scenario of a suite, such as article; those this cluster cannot run are skipped, as with --all',
      ).conflicts('all'),
    )
    .addOption(
      new Option('--arm <names>', 'only these arms, separated by commas; control and incident are always included').argParser(
        names,
      ),
    )
    .option('--quick', 'fewer and shorter trials, for CI and demonstrations')
    .addOption(new Option('--blocks <number>', 'number of blocks of trials (default: as the scenario says)').argParser(blocks))
    .addOption(
      new Option(
        '--episodes <number>',
        'number of episodes of each arm (default: as --blocks, or as the scenario says)',
      ).argParser(episodes),
    )
    .addOption(
      new Option(
        '--until-settled',
        'steady load: decide at each look of the scenario, where arms with a verdict leave, instead of once at the end; not with --quick or --blocks',
      ).conflicts(['quick', 'blocks']),
    )
    .addOption(
      new Option(
        '--at-most <time>',
        'begin no further block that would end later (for example 45m); the blocks of the first look are always measured',
      )
        .argParser(within)
        .implies({ untilSettled: true }),
    )
    .option('--plan', 'print the design of the run, start nothing: deployments, order, looks, time, and the differences it finds')
    .addOption(platformOption)
    .addOption(kubernetesVersionsOption(provider.minors))
    .addOption(
      new Option(
        '--workers <number>',
        'worker nodes of a new cluster (default: as many as the scenarios can use and this machine can hold)',
      ).argParser(workers),
    )
    .addOption(
      new Option(
        '--within <time>',
        'refuse to start if the run is expected to take longer (for example 15m), and list the scenarios that would fit',
      ).argParser(within),
    )
    .option('--out <folder>', 'where the reports go (default: reports/runs/<time>)')
    .addOption(new Option('--seed <number>', 'seed of the order of trials (default: random, recorded)').argParser(seed))
    .addOption(
      new Option(
        '--resume <folder>',
        'continue a killed or interrupted run at its first trial without a result, with its settings, on a cluster of the same version and size',
      ).conflicts([
        'all',
        'suite',
        'arm',
        'quick',
        'blocks',
        'episodes',
        'plan',
        'platform',
        'kubernetes',
        'workers',
        'out',
        'seed',
      ]),
    )
    .option(
      '--keep',
      'keep the cluster and what was deployed (default: remove what the run created; a cluster that was up before stays)',
    )
    .option('--offline', 'build all images on this machine, even if a registry can be reached')
    .addOption(replaceOption)
    .option('--live', 'show the run in a live page on 127.0.0.1; its address is printed first')
    .addOption(
      new Option('--port <number>', 'port of that page (default: a free one)').argParser(portNumber).implies({ live: true }),
    )
    .addOption(new Option('--side <side>').argParser(comparisonOf).hideHelp())
    .option('--table', 'print every arm with its key numbers, and where the time went')
    .option('--json', 'print run.json, or with --plan the designs')
    .action(async (slugs: string[], flags: Flags) => {
      const { keep = false, offline = false } = flags
      const output = outputOf(flags)
      const replace = mayReplaceCluster(flags)
      if (flags.resume !== undefined) {
        if (slugs.length > 0)
          throw new LabError('--resume continues the scenarios of that run; do not name scenarios', {
            exit: 'usage',
            next: `lab run --resume ${flags.resume}`,
          })
        const begun = await resumed(flags.resume)
        const expected = await expectedOfRest(begun, offline)
        await enforceTimeLimit(expected, flags.within)
        process.stderr.write(`${expectationLine(expected, 'the rest of the run')}\n`)
        const options = {
          ...work(expected),
          ...begun.options,
          atMostSeconds: flags.atMost,
          provider,
          keep,
          offline,
          replace,
        }
        return withLock(async () => runOne(options, output, await livePageOf(flags, options)), { watched: !keep })
      }
      const chosen = await chosenBy(slugs, flags)
      const mode = flags.quick ? 'quick' : 'full'
      const arms = selectArmsOfEach(
        chosen.map(({ scenario }) => scenario),
        flags.arm,
        mode,
      )
      const scenarios = chosen.map((loaded, index) => ({ loaded, arms: arms[index] ?? [] }))
      const { untilSettled = false } = flags
      const extent = { mode, blocks: flags.blocks, episodes: flags.episodes, untilSettled } as const
      const expected = await expectation(scenarios, extent, flags)
      const chosenSeed = flags.seed ?? randomSeed()
      if (flags.plan)
        return showDesign(
          plannedOf(scenarios, { ...extent, seed: chosenSeed, workers: expected.workers }),
          { mode, seed: chosenSeed },
          flags,
        )
      await enforceTimeLimit(expected, flags.within)
      if (flags.atMost !== undefined) requireFirstLook(expected, flags.atMost)
      const out = flags.out ?? newFolder()
      const options = {
        ...work(flags.side ? undefined : expected), // a comparison tells the time of both sides
        provider,
        scenarios,
        mode,
        skipUnfit: flags.all === true || flags.suite !== undefined,
        blocks: flags.blocks,
        episodes: flags.episodes,
        comparison: flags.side,
        turn: flags.side ? turnsFromComparison(interrupted) : noTurns,
        untilSettled,
        atMostSeconds: flags.atMost,
        platform: flags.platform,
        workers: flags.workers,
        seed: chosenSeed,
        earlier: null,
        keep,
        offline,
        replace,
      } as const
      const [kubernetes, ...others] = flags.kubernetes ?? []
      if (others.length > 0 && flags.live)
        throw new LabError('--live shows one run, but each version of Kubernetes is a run of its own', {
          exit: 'usage',
          next: 'name one version, or omit --live',
        })
      if (!flags.side) process.stderr.write(`${untilSettled ? 'at most ' : ''}${expectationLine(expected, 'the run')}\n`)
      const measure = async (): Promise<void> =>
        kubernetes !== undefined && others.length > 0
          ? runMatrix([kubernetes, ...others], options, out, output)
          : runOne({ ...options, kubernetes, out }, output, await livePageOf(flags, options))
      await withLock(measure, { watched: !keep })
    })

const expectedOfRest = ({ options, left }: Resumed, offline: boolean): Promise<RunExpectation> =>
  expectation(
    left,
    { mode: options.mode, blocks: options.blocks, untilSettled: options.untilSettled },
    {
      offline,
      ...(options.workers !== undefined && { workers: options.workers }),
      ...(options.kubernetes !== undefined && { kubernetes: [options.kubernetes] }),
    },
  )

const livePageOf = async ({ live, port = 0 }: Flags, run: Pick<RunOptions, 'seed' | 'scenarios'>): Promise<LivePage> =>
  live ? openLivePage({ port, seed: run.seed, steadyArms: steadyArmsIn(run.scenarios) }) : noLivePage
