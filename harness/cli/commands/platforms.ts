// lab platforms: how a cluster can be configured. Needs no cluster.
import { Command } from 'commander'
import { platformLines } from '../platform-lines.ts'
import { provider } from '../session.ts'

export const command = (): Command =>
  new Command('platforms')
    .description('list platforms: how `lab up` and `lab run` can configure a cluster, with --platform')
    .option('--json', 'machine-readable output')
    .action(async ({ json }: { json?: true }) => {
      const platforms = await provider.platforms()
      console.log(json ? JSON.stringify(platforms, undefined, 2) : platformLines(platforms, process.stdout.columns).join('\n'))
    })
