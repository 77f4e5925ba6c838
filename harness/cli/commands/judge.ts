// lab judge: a run judged and reported anew, from what it measured. Needs no cluster.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { loadMismatches } from '../../judge/as-its-load.ts'
import { readJudged } from '../../judge/read-run.ts'
import { exitOf, outputOf, showRun, writeRun } from '../results.ts'

export const command = (): Command =>
  new Command('judge')
    .description(
      'judge a run again from its measurements, by its own rules, and write its reports: for example of a killed run, or with a newer lab',
    )
    .argument('<run>', 'folder of a run, its run.json, or the journal (run.jsonl) that a killed run left')
    .option('--out <folder>', 'where run.json and the reports go (default: next to the input)')
    .option('--table', 'print every arm with its key numbers, and where the time went')
    .option('--json', 'print run.json')
    .action(async (path: string, { out, ...flags }: { out?: string; json?: boolean; table?: boolean }) => {
      const run = await readJudged(path)
      warnOfMismatches(loadMismatches(run))
      const folder = out ?? ((await stat(path)).isDirectory() ? path : dirname(path))
      await writeRun(run, folder)
      showRun(run, folder, outputOf(flags))
      process.exitCode = exitOf(run)
    })

const shown = 3

/** What was edited after it was measured is judged as it stands; a reader of the verdicts has to know. */
const warnOfMismatches = (lines: readonly string[]): void => {
  for (const line of lines.slice(0, shown)) console.error(`warning: the run contradicts itself: ${line}`)
  if (lines.length > shown) console.error(`warning: so do ${lines.length - shown} numbers more`)
}
