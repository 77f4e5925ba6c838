// lab up: creates or reuses the lab's cluster, and keeps it.
import { Command, Option } from 'commander'
import { uncounted } from '../../model/phase.ts'
import { usefulWorkers } from '../../design/workers.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { selectArms } from '../../scenario/select-arms.ts'
import { withLock } from '../at-work.ts'
import { expectationLine, expectationOfCluster } from '../expectation.ts'
import { provider, work } from '../session.ts'
import { interrupted } from '../signals.ts'
import { kubernetesOption, mayReplaceCluster, platformOption, positiveSeconds, replaceOption, workers } from '../flags.ts'

interface Flags {
  readonly shape: string
  readonly platform?: string
  readonly kubernetes?: string
  readonly offline?: boolean
  readonly replace?: boolean
  readonly keep?: boolean
  readonly readyWithin: number
  readonly workers?: number
}

export const command = (): Command =>
  new Command('up')
    .description("bring up the lab's cluster and keep it; runs reuse it")
    .option('--shape <name>', 'a file of kind-configs/ without its extension, or a path', 'lab')
    .addOption(platformOption)
    .addOption(kubernetesOption(provider.minors))
    .option('--offline', 'build all images on this machine, even if a registry can be reached')
    .addOption(replaceOption)
    .option('--keep', 'keep a cluster that does not become ready, for inspection')
    .addOption(
      new Option(
        '--workers <number>',
        'worker nodes (default: as many as `lab run --all --quick` can use and this machine can hold)',
      ).argParser(workers),
    )
    .option('--ready-within <seconds>', 'how long nodes may take to become ready', positiveSeconds, 120)
    .action(async ({ shape, offline = false, keep = false, readyWithin, ...flags }: Flags) => {
      const bringUp = async (): Promise<void> => {
        const scenarios = (await loadScenarios()).map((loaded) => ({
          loaded,
          arms: selectArms(loaded.scenario, undefined, 'quick'),
        }))
        const images = [...new Set(scenarios.flatMap(({ loaded }) => loaded.scenario.images))]
        const expected = await expectationOfCluster({ ...flags, offline }, usefulWorkers(scenarios), images)
        if (expected.seconds > 0) process.stderr.write(`${expectationLine(expected, 'the cluster')}\n`)
        const { cluster, created } = await provider.up({
          ...work(expected),
          shape,
          platform: flags.platform,
          kubernetes: flags.kubernetes,
          workers: flags.workers,
          usefulWorkers: usefulWorkers(scenarios),
          images,
          offline,
          replace: mayReplaceCluster(flags),
          keep,
          kept: true,
          readyWithinMs: readyWithin * 1000,
          timePhase: uncounted,
        })
        await cluster.nodes.resume(interrupted) // paused by a run that was killed
        console.log(
          `cluster ${cluster.name} is up (${created ? 'created' : 'it already was'})\nexport KUBECONFIG=${cluster.kubeconfigPath}`,
        )
      }
      await withLock(bringUp, { watched: !keep })
    })
