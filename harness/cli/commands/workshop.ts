// lab workshop: an incident as an exercise. The learner repairs it in any way, and the lab measures the repair.
import { join } from 'node:path'
import { Command, Option } from 'commander'
import * as z from 'zod'
import { readJudged } from '../../judge/read-run.ts'
import { exitCodes } from '../../model/lab-error.ts'
import { costLines } from '../../report/exhibit/costs.ts'
import { printable } from '../../report/write/printable.ts'
import { loadExercise } from '../../scenario/load-exercise.ts'
import { chooseScenarios } from '../../scenario/load-scenarios.ts'
import { ask } from '../../workshop/ask.ts'
import { Checked, Hint, Solution, ExerciseStatus } from '../../workshop/message.ts'
import { readRecord } from '../../workshop/record.ts'
import { armsOfExercise, runExercise } from '../../workshop/start.ts'
import { writeWhole } from '../../write-whole.ts'
import { withLock } from '../at-work.ts'
import { expectationLine, expectationOfExercise } from '../expectation.ts'
import { learnerShell } from '../workshop/learner-shell.ts'
import { randomSeed, seed } from '../flags.ts'
import { newFolder, writeRun } from '../results.ts'
import { reportLeftBehind } from '../runs.ts'
import { provider, work } from '../session.ts'
import { boardLines, rowOf } from '../workshop/board.ts'
import { debriefPage } from '../workshop/debrief-page.ts'
import { checkedLines, standingLines } from '../workshop/text.ts'

interface Start {
  readonly learner: string
  readonly shell: boolean
  readonly out?: string
  readonly seed?: number
  readonly offline?: boolean
}

interface Json {
  readonly json?: true
}

const json = new Option('--json', 'machine-readable output')

export const command = (): Command =>
  new Command('workshop')
    .description('run an incident as an exercise: the learner repairs it, and the lab measures the repair')
    .addCommand(
      new Command('start')
        .description(
          'bring up the cluster, the incident and its load, and open a shell with kubectl for the learner; when the shell ends, everything is removed',
        )
        .argument('<slug>', 'a scenario, as `lab list` names it, or the path of a folder')
        .option('--learner <name>', 'name of the learner, for the record', 'learner')
        .option('--no-shell', 'open no shell: the exercise lasts until `lab workshop end` or Ctrl-C')
        .option('--out <folder>', 'where the record and the reports go (default: reports/runs/<time>-workshop)')
        .addOption(new Option('--seed <number>', 'seed of the statistics (default: random, recorded)').argParser(seed))
        .option('--offline', 'build all images on this machine, even if a registry can be reached')
        .action((slug: string, flags: Start) => withLock(() => start(slug, flags), { watched: true })),
    )
    .addCommand(
      new Command('status')
        .description('show the symptom and the current results of the client')
        .addOption(json)
        .action(async ({ json: asJson }: Json) => {
          const standing = await ask(work(), 'standing', ExerciseStatus)
          print(asJson, standing, standingLines(standing))
        }),
    )
    .addCommand(
      new Command('check')
        .description('compare the repaired system with the healthy and the broken one; exit 0 if it is fixed')
        .addOption(json)
        .action(async ({ json: asJson }: Json) => {
          const checked = await ask(work(), 'check', Checked)
          const costs = await costsOf(checked)
          print(asJson, { ...checked, costs }, checkedLines(checked, costs))
          process.exitCode = exitOfCheck(checked.verdict)
        }),
    )
    .addCommand(
      new Command('hint')
        .description('show the next of three hints: where to look, what you should see there, the mechanism')
        .addOption(json)
        .action(async ({ json: asJson }: Json) => {
          const hint = await ask(work(), 'hint', Hint)
          print(asJson, hint, [`hint ${hint.number} of 3: ${hint.hint}`])
        }),
    )
    .addCommand(
      new Command('solution')
        .description('show a known repair')
        .option('--apply', 'also apply it')
        .addOption(json)
        .action(async ({ apply = false, json: asJson }: Json & { readonly apply?: boolean }) => {
          const solution = await ask(work(), 'solution', Solution, { apply })
          print(asJson, solution, [solution.text, '', ...solution.remember.map((each) => `- ${each}`)])
        }),
    )
    .addCommand(
      new Command('reset').description('restore the broken state, whatever the learner did').action(async () => {
        await ask(work(), 'reset', z.unknown())
        console.log('the incident is restored')
      }),
    )
    .addCommand(
      new Command('end').description('end the running exercise, and remove everything it created').action(async () => {
        await ask(work(), 'end', z.unknown())
        console.log('the exercise ends')
      }),
    )
    .addCommand(
      new Command('debrief')
        .description('write the debriefing page of an exercise again from its record')
        .argument('<folder>', 'folder of the record')
        .action(async (folder: string) => console.log(`debriefing: ${await writeDebriefing(folder)}`)),
    )
    .addCommand(
      new Command('board')
        .description('show a class: one row for each learner')
        .argument('<folder...>', 'folders of the records')
        .addOption(json)
        .action(async (folders: string[], { json: asJson }: Json) => {
          const rows = (await Promise.all(folders.map(readRecord))).map(rowOf)
          print(asJson, rows, boardLines(rows))
        }),
    )

/** Writes the page of a record next to it. */
const writeDebriefing = async (folder: string): Promise<string> => {
  const file = join(folder, 'debriefing.html')
  await writeWhole(file, debriefPage(await readRecord(folder)))
  return file
}

const start = async (slug: string, { learner, shell, out, offline = false, ...flags }: Start): Promise<void> => {
  const [loaded] = await chooseScenarios([slug])
  if (!loaded) throw new Error(`${slug} was chosen but not loaded`)
  const folder = out ?? newFolder('-workshop')
  const expected = await expectationOfExercise(armsOfExercise(loaded, await loadExercise(loaded)), offline)
  process.stderr.write(`${expectationLine(expected, 'the start')}\n`)
  const leftBehind = await runExercise({
    ...work(),
    provider,
    loaded,
    learner,
    offline,
    seed: flags.seed ?? randomSeed(),
    out: folder,
    writeReport: writeRun,
    tellOthers: (objects) => {
      for (const object of objects) console.log(`kept in the cluster: ${object}, which the learner's account did not create`)
    },
    learn: ({ standing, kubeconfig, copyKubectl }, signal) => {
      console.log(['', ...standingLines(standing), '', `export KUBECONFIG=${kubeconfig}`].join('\n'))
      return shell && process.stdin.isTTY ? learnerShell({ kubeconfig, copyKubectl }, signal) : over(signal)
    },
  })
  console.log(`\ndebriefing: ${await writeDebriefing(folder)}`)
  if (leftBehind.length > 0) reportLeftBehind(leftBehind)
}

/** Resolves when the exercise is ended. */
const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

/** Costs of the checked repair: its latency and resources if it is fixed, and the known costs of the remedy that it matches. */
const costsOf = async ({ verdict, report, like }: Checked): Promise<string[]> => {
  const [scenario] = (await readJudged(report)).scenarios
  const own = scenario?.arms.find(({ kind }) => kind === 'fix')
  const isRepair = verdict === 'fixed' || verdict === 'mitigated'
  return [...(scenario && own && isRepair ? costLines(scenario, own) : []), ...(like?.costs ?? [])]
}

const exitOfCheck = (verdict: string): number =>
  verdict === 'fixed'
    ? exitCodes.asExpected.code
    : verdict === 'inconclusive'
      ? exitCodes.inconclusive.code
      : exitCodes.unexpected.code

const print = (asJson: true | undefined, value: unknown, lines: readonly string[]): void =>
  console.log(asJson ? JSON.stringify(value, undefined, 2) : lines.map(printable).join('\n'))
