// lab status: whether a cluster exists and answers.
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
          return console.log('no cluster; `lab up` creates one')
        case 'another':
          return console.log(
            `a cluster named ${provider.clusterName} exists, but this lab did not create it\n\`--name NAME\` creates a second cluster`,
          )
        case 'broken':
          return console.log(
            `a cluster exists but cannot be used: ${status.why}\n` +
              (status.mayRecover
                ? 'wait and try again; `lab up --replace` replaces it, `lab down` removes it'
                : '`lab up` replaces it, `lab down` removes it'),
          )
        case 'ready':
          return console.log(
            [
              `Kubernetes ${status.kubernetes}, shape ${status.shape}, platform ${status.platform.name}`,
              ...status.nodes.map((node) => `  ${node}`),
              'Images',
              ...status.images.map(({ reference, from }) => `  ${reference}  ${from}`),
              `export KUBECONFIG=${status.kubeconfigPath}`,
            ].join('\n'),
          )
      }
    })
