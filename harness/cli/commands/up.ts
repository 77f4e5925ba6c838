// lab up: the lab's cluster, made or reused, and left up.
import { Command } from 'commander'
import { loadScenarios } from '../../run/load-scenarios.ts'
import { withLock } from '../../run/lock.ts'
import { provider, work } from '../session.ts'
import { positiveSeconds } from '../flags.ts'

interface Flags {
  readonly shape: string
  readonly offline?: boolean
  readonly keep?: boolean
  readonly readyWithin: number
}

export const command = (): Command =>
  new Command('up')
    .description("bring up the lab's cluster and leave it up; runs reuse it")
    .option('--shape <name>', 'a file under kind-configs/ without its ending, or the path of one elsewhere', 'lab')
    .option('--offline', 'build all images here, even where a registry can be reached')
    .option('--keep', 'leave a cluster that does not become ready, to look into it')
    .option('--ready-within <seconds>', 'how long nodes may take to become ready', positiveSeconds, 120)
    .action(async ({ shape, offline = false, keep = false, readyWithin }: Flags) => {
      await withLock(async () => {
        const images = (await loadScenarios()).flatMap(({ scenario }) => scenario.images)
        const { cluster, created } = await provider.up({
          ...work(),
          shape,
          images: [...new Set(images)],
          offline,
          keep,
          readyWithinMs: readyWithin * 1000,
        })
        console.log(
          `cluster ${cluster.name} is up (${created ? 'made' : 'it already was'})\nexport KUBECONFIG=${cluster.kubeconfigPath}`,
        )
      })
    })
