// lab diff: two runs side by side. Needs no cluster.
import { Command } from 'commander'
import { diffRuns } from '../../diff/diff-runs.ts'
import { RunDiff } from '../../diff/run-diff.ts'
import { readJudged } from '../../judge/read-run.ts'
import { exitCodes, LabError, messageOf } from '../../model/lab-error.ts'
import { diffText } from '../diff-text.ts'

const exitOf: Record<RunDiff['answer'], number> = {
  nothing: exitCodes.asExpected.code,
  regressed: exitCodes.unexpected.code,
  unclear: exitCodes.inconclusive.code,
}

const exits = `
Exit codes here:
  0    nothing beyond noise got worse
  1    a regression: an arm that was as expected is not any more, or a metric got worse beyond the noise of both runs
  4    cannot tell: a verdict is inconclusive in one of the runs, or they have no arm in common`

export const command = (): Command =>
  new Command('diff')
    .description('what changed from one run to another: verdicts, metrics beyond the noise of both, messages, environment')
    .argument('<older>', 'folder of a run, or its run.json')
    .argument('<newer>', 'the same')
    .option('--json', 'machine-readable output, within noise too')
    .addHelpText('after', exits)
    .action(async (older: string, newer: string, { json = false }: { json?: boolean }) => {
      const diff = await compared(older, newer)
      console.log(json ? JSON.stringify(diff, undefined, 2) : diffText(diff, process.stdout.columns).join('\n'))
      process.exitCode = exitOf[diff.answer]
    })

/** Exit code 1 means a regression, and nothing else: what breaks here gives no answer. */
const compared = async (older: string, newer: string): Promise<RunDiff> => {
  try {
    return RunDiff.parse(diffRuns(await readJudged(older), await readJudged(newer)))
  } catch (error) {
    if (error instanceof LabError && error.exit !== 'unexpected') throw error
    throw new LabError('The runs could not be compared', { why: messageOf(error), exit: 'inconclusive', cause: error })
  }
}
