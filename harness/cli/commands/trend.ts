// lab trend: finds where metrics and verdicts changed over many runs. Needs no cluster.
import { Command } from 'commander'
import { readAcknowledged } from '../../diff/acknowledged.ts'
import { RunTrend } from '../../diff/run-trend.ts'
import { fewestRuns, trendOf } from '../../diff/trend.ts'
import { readWithoutTrials, runsIn } from '../../judge/read-run.ts'
import { acknowledgements } from '../acknowledgements.ts'
import { trendText } from '../trend/text.ts'
import { writeNamed } from '../write-named.ts'

interface Flags {
  readonly acknowledged?: string
  readonly html?: string
  readonly json?: true
}

const help = `
A trend is a report: it exits 0 whatever it shows, and 2 if it cannot be computed. \`lab diff\` says whether a new run is a regression.
A change takes three runs: a single odd run is none. It is dated by the run with which it began.`

export const command = (): Command =>
  new Command('trend')
    .description('show which metrics and verdicts changed over many runs, and since when')
    .argument('<folders...>', `folders of runs, or of folders of runs: ${fewestRuns} runs or more, in any order`)
    .option('--html <file>', 'also write a page: one file without scripts')
    .option('--acknowledged <file>', 'known regressions: a YAML list, see below')
    .option('--json', 'machine-readable output, with every value')
    .addHelpText('after', `${help}\n${acknowledgements}`)
    .action(async (folders: string[], { acknowledged, html, json }: Flags) => {
      const known = acknowledged === undefined ? [] : await readAcknowledged(acknowledged)
      const paths = (await Promise.all(folders.map(runsIn))).flat()
      const trend = RunTrend.parse(trendOf(await readWithoutTrials(paths), known))
      if (html !== undefined) {
        const { trendPage } = await import('../trend/page.ts') // loaded on demand: drawing takes half a second to load
        await writeNamed(html, trendPage(trend))
      }
      console.log(json ? JSON.stringify(trend, undefined, 2) : trendText(trend, process.stdout.columns).join('\n'))
    })
