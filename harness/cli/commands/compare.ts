// lab compare: measures two platforms, or two versions of a scenario, side by side on this machine, and says what got worse.
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { seededCoin } from '../../design/shuffle.ts'
import { readAcknowledged } from '../../diff/acknowledged.ts'
import { diffRuns } from '../../diff/diff-runs.ts'
import { usualLimit } from '../../diff/metric-move.ts'
import { RunDiff } from '../../diff/run-diff.ts'
import { readWithoutTrials } from '../../judge/read-run.ts'
import { repairsOf, selectArmsOfEach } from '../../scenario/select-arms.ts'
import { acknowledgements } from '../acknowledgements.ts'
import { chosenBy } from '../chosen.ts'
import { startClock } from '../clock.ts'
import { measureSides } from '../compare/measure-sides.ts'
import { planComparison, planLines } from '../compare/plan.ts'
import { runWords } from '../compare/run-words.ts'
import { identityOf, sidesOf } from '../compare/subjects.ts'
import { writeComparison } from '../compare/write.ts'
import { diffExit, diffExits } from '../diff/exit.ts'
import { diffMarkdown } from '../diff/markdown.ts'
import { diffText } from '../diff/text.ts'
import { blocks, episodes, names, percent, randomSeed, seed, within } from '../flags.ts'
import { newFolder } from '../results.ts'
import { provider } from '../session.ts'
import { interrupted } from '../signals.ts'

interface Flags {
  readonly base: string
  readonly change: string
  readonly all?: true
  readonly suite?: string
  readonly arm?: string[]
  readonly quick?: true
  readonly blocks?: number
  readonly episodes?: number
  readonly within?: number
  readonly plan?: true
  readonly seed?: number
  readonly out?: string
  readonly keep?: true
  readonly offline?: true
  readonly acknowledged?: string
  readonly threshold: number
  readonly json?: true
  readonly markdown?: true
}

export const command = (): Command =>
  new Command('compare')
    .description(
      'compare a changed platform with the present one, or two versions of a scenario: what breaks now, which repair no longer works',
    )
    .argument('[slug...]', 'scenarios, as `lab list` names them, or paths of folders')
    .requiredOption(
      '--base <platform>',
      'as `lab platforms` lists them, or the path of a .yaml file; or the folder of a scenario',
    )
    .requiredOption('--change <platform>', 'the same, for the side that the comparison judges')
    .option('--all', 'every scenario')
    .addOption(new Option('--suite <name>', 'every scenario of a suite, such as article').conflicts('all'))
    .addOption(
      new Option(
        '--arm <names>',
        'only these arms, separated by commas; control and incident always (default: all; quick: fixes and mitigations)',
      ).argParser(names),
    )
    .option('--quick', 'shorter, with fewer arms, blocks and episodes, for CI on every change')
    .addOption(
      new Option('--blocks <number>', 'blocks of each scenario under steady load (default: 16, quick: 8)').argParser(blocks),
    )
    .addOption(new Option('--episodes <number>', 'episodes of each arm (default: 6, quick: 2)').argParser(episodes))
    .addOption(
      new Option('--within <time>', 'the largest plan that is expected to fit into this time, such as 40m').argParser(within),
    )
    .option('--plan', 'print the plan, start nothing: minutes, blocks, episodes, and what they can find')
    .addOption(new Option('--seed <number>', 'seed of the order of trials (default: random, recorded)').argParser(seed))
    .option('--out <folder>', 'where the reports go (default: reports/runs/<time>-compare)')
    .option('--keep', 'keep both clusters, for the next comparison; `lab --name base down` removes one')
    .option('--offline', 'build all images on this machine, even if a registry can be reached')
    .addOption(
      new Option('--threshold <percent>', 'a metric that is worse beyond chance and by at least this much is a regression')
        .argParser(percent)
        .default(Math.round((usualLimit - 1) * 100)),
    )
    .option('--acknowledged <file>', 'known regressions: a YAML list, see below')
    .option('--markdown', 'print a comment for a pull request: below 10,000 characters, regressions first')
    .addOption(new Option('--json', 'print the comparison, or with --plan the plan').conflicts('markdown'))
    .addHelpText('after', `${diffExits}\n${acknowledgements}`)
    .action(async (slugs: string[], flags: Flags) => {
      const { json, markdown, quick, suite, all, arm, threshold } = flags
      const known = flags.acknowledged === undefined ? [] : await readAcknowledged(flags.acknowledged)
      const subjects = await sidesOf(flags, slugs)
      const mode = quick ? 'quick' : 'full'
      const chosen = await chosenBy(subjects.base.scenarios, { all, suite })
      const scenarios = chosen.map(({ scenario }) => scenario)
      const named = arm ?? (quick ? repairsOf(scenarios) : undefined)
      const arms = selectArmsOfEach(scenarios, named, mode)
      const { recommended } = await provider.workerCapacity()
      const plan = planComparison(
        chosen.map((loaded, index) => ({ loaded, arms: arms[index] ?? [] })),
        { mode, blocks: flags.blocks, episodes: flags.episodes, workersInAll: recommended.workers, withinSeconds: flags.within },
      )
      if (flags.plan) return console.log(json ? JSON.stringify(plan, undefined, 2) : planLines(plan).join('\n'))
      process.stderr.write(`${[...identityOf(subjects), ...planLines(plan)].join('\n')}\n`)
      const out = flags.out ?? newFolder('-compare')
      const chosenSeed = flags.seed ?? randomSeed()
      const asked = { ...flags, arm: named, seed: chosenSeed, id: `${new Date().toISOString()} ${chosenSeed}`, out }
      await measureSides({
        words: { base: runWords('base', subjects.base, plan, asked), change: runWords('change', subjects.change, plan, asked) },
        coin: seededCoin('base', 'change', chosenSeed),
        isFinished: (side) =>
          readWithoutTrials([join(out, side)]).then(
            ([run]) => run?.comparison?.id === asked.id && run.finishedAt !== null, // not one of an earlier comparison in this folder
            () => false,
          ),
        elapsed: startClock({ seconds: plan.seconds, floorSeconds: 0, unannouncedSeconds: plan.seconds }).text,
        signal: interrupted,
      })
      const [base, change] = await readWithoutTrials([join(out, 'base'), join(out, 'change')])
      if (!base || !change) return // it has read two
      const diff = RunDiff.parse(diffRuns([base], change, { acknowledged: known, limit: 1 + threshold / 100 }))
      await writeComparison(diff, out)
      const { columns } = process.stdout
      console.log(json ? JSON.stringify(diff, undefined, 2) : markdown ? diffMarkdown(diff) : diffText(diff, columns).join('\n'))
      process.exitCode = diffExit(diff)
    })
