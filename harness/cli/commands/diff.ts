// lab diff: compares a run with earlier runs. Needs no cluster.
import { Command, Option } from 'commander'
import { readAcknowledged } from '../../diff/acknowledged.ts'
import { diffRuns } from '../../diff/diff-runs.ts'
import { usualLimit } from '../../diff/metric-move.ts'
import { RunDiff } from '../../diff/run-diff.ts'
import { readWithoutTrials } from '../../judge/read-run.ts'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { acknowledgements } from '../acknowledgements.ts'
import { explain } from '../explain.ts'
import { diffExit } from '../diff/exit.ts'
import { diffMarkdown } from '../diff/markdown.ts'
import { diffPage } from '../diff/page.ts'
import { diffText } from '../diff/text.ts'
import { percent } from '../flags.ts'
import { writeNamed } from '../write-named.ts'

const exits = `
Exit codes here:
  0    nothing got worse beyond noise by the limit of --threshold
  1    a regression: an arm that was as expected no longer is, or a metric got worse beyond noise by the limit or more
  2    runs that cannot be compared, such as a full run and quick ones
  4    inconclusive: the newer run lacks a scenario, an arm or a metric that an older one has (see --allow-missing);
       a verdict is inconclusive, or changed among the older runs; fewer than three older runs measured a metric; or there is no arm in common

How far the older runs are apart is the noise, so metrics need three of them. With fewer the lab compares verdicts and judges no metric.
Older runs of the other mode, full or quick, are left out, and the output says so.`

interface Flags {
  readonly json?: true
  readonly markdown?: true
  readonly html?: string
  readonly acknowledged?: string
  readonly threshold: number
  readonly allowMissing?: true
}

export const command = (): Command =>
  new Command('diff')
    .description('compare a newer run with older ones: verdicts, metrics beyond noise, messages, environment')
    .usage('[options] <older...> <newer>')
    .argument('<runs...>', 'folders of runs, or their run.json: two or more, the newer one last')
    .option('--html <file>', 'also write a page: one file without scripts')
    .addOption(
      new Option('--threshold <percent>', 'a metric that is worse beyond noise and by at least this much is a regression')
        .argParser(percent)
        .default(Math.round((usualLimit - 1) * 100)),
    )
    .option('--allow-missing', 'do not exit 4 when the newer run lacks something; still list it')
    .option('--acknowledged <file>', 'known regressions: a YAML list, see below')
    .option('--markdown', 'print a comment for a pull request: below 10,000 characters, regressions first')
    .addOption(new Option('--json', 'machine-readable output, including what is within noise').conflicts('markdown'))
    .addHelpText('after', `${exits}\n${acknowledgements}`)
    .action((paths: string[], flags: Flags) => exitUnknownOnError(() => compare(paths, flags)))

const compare = async (paths: readonly string[], flags: Flags): Promise<void> => {
  const { json, markdown, html, acknowledged, threshold, allowMissing = false } = flags
  const known = acknowledged === undefined ? [] : await readAcknowledged(acknowledged)
  const runs = await readWithoutTrials(paths)
  const [newer] = runs.splice(-1)
  if (!newer) return // commander asks for one at least
  const diff = RunDiff.parse(diffRuns(runs, newer, { acknowledged: known, limit: 1 + threshold / 100, allowMissing }))
  if (html !== undefined) await writeNamed(html, diffPage(diff))
  console.log(
    json ? JSON.stringify(diff, undefined, 2) : markdown ? diffMarkdown(diff) : diffText(diff, process.stdout.columns).join('\n'),
  )
  process.exitCode = diffExit(diff)
}

/** Exit code 1 means a regression and nothing else; a failure here exits as inconclusive. */
export const exitUnknownOnError = async (compareRuns: () => Promise<void>): Promise<void> => {
  try {
    await compareRuns()
  } catch (error) {
    if (error instanceof LabError && error.exit !== 'unexpected') throw error
    throw new LabError('The runs could not be compared', {
      why: messageOf(error),
      evidence: explain(error).lines,
      next: 'the runs are unchanged; `lab judge` of each one shows its own verdicts',
      exit: 'inconclusive',
      cause: error,
    })
  }
}
