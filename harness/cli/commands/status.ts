// lab status: is there a cluster, and does it answer.
import { Command } from 'commander'
import { provider } from '../session.ts'

export const command = (): Command =>
  new Command('status')
    .description("show the lab's cluster")
    .option('--json', 'machine-readable output')
    .action(async ({ json }: { json?: true }) => {
      const status = await provider.status()
      if (json) return console.log(JSON.stringify(status, undefined, 2))
      switch (status.state) {
        case 'none':
          return console.log('no cluster; `lab up` makes one')
        case 'broken':
          return console.log(`a cluster is there but broken: ${status.why}\n\`lab up\` makes it anew, \`lab down\` removes it`)
        case 'ready':
          return console.log(
            [
              `Kubernetes ${status.kubernetes}, shape ${status.shape}`,
              ...status.nodes.map((node) => `  ${node}`),
              'Images',
              ...status.images.map(({ reference, from }) => `  ${reference}  ${from}`),
              `export KUBECONFIG=${status.kubeconfigPath}`,
            ].join('\n'),
          )
      }
    })
