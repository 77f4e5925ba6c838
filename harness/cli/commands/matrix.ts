// lab matrix: compares runs of different versions of Kubernetes. Needs no cluster.
import { Command } from 'commander'
import { matrixOf } from '../../diff/matrix.ts'
import { readJudged } from '../../judge/read-run.ts'
import { matrixMarkdown, matrixText } from '../matrix/text.ts'
import { worstExit } from '../results.ts'

interface Flags {
  readonly json?: true
  readonly markdown?: true
}

export const command = (): Command =>
  new Command('matrix')
    .description(
      'compare versions of Kubernetes arm by arm: verdicts, ratios to control, and messages that differ; `lab run --kubernetes v1.34,v1.36` makes the runs',
    )
    .argument('<run...>', 'folders of runs, or their run.json: one for each version')
    .option('--json', 'machine-readable output')
    .option('--markdown', 'print Markdown, for a pull request or the summary of a CI job')
    .addHelpText('after', '\nThe exit code is that of the worst run.')
    .action(async (paths: string[], { json, markdown }: Flags) => {
      const runs = []
      for (const path of paths) runs.push(await readJudged(path))
      const matrix = matrixOf(runs)
      if (json) console.log(JSON.stringify(matrix, undefined, 2))
      else console.log(markdown ? matrixMarkdown(matrix) : matrixText(matrix, process.stdout.columns).join('\n'))
      process.exitCode = worstExit(runs)
    })
