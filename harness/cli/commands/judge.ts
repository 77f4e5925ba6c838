// lab judge: judges a run again from its measurements and writes its reports. Needs no cluster.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { loadMismatches } from '../../judge/as-its-load.ts'
import { readJudged } from '../../judge/read-run.ts'
import { exitOf, outputOf, showRun, writeRun } from '../results.ts'

export const command = (): Command =>
  new Command('judge')
    .description(
      'judge a run again from its measurements, by its own rules, and write its reports; for example after a kill, or with a newer lab',
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

/** An edited run is judged as it is; the reader of its verdicts is warned. */
const warnOfMismatches = (lines: readonly string[]): void => {
  for (const line of lines.slice(0, shown)) console.error(`warning: the run contradicts itself: ${line}`)
  if (lines.length > shown) console.error(`warning: ${lines.length - shown} more numbers do so`)
}
