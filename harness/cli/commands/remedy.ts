// lab remedy: what repairs an incident, done by hand and with care.
import { Command } from 'commander'
import { kubeconfigPath } from '../../places.ts'
import { connect, isNotFound, refusal } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { stripFinalizers } from '../../remedy/strip-finalizers.ts'
import { strippedLines } from '../stripped-lines.ts'

interface Flags {
  readonly namespace: string
  readonly finalizer?: string
  readonly kubeconfig: string
  readonly dryRun?: true
  readonly json?: true
}

export const command = (): Command =>
  new Command('remedy').description('repair by hand what an incident left').addCommand(
    new Command('strip-finalizers')
      .description(
        'take the finalizers off pods that were deleted and hang in Terminating. What they stand for is skipped: bring back whoever set ' +
          'them where you can. Pods that nobody deleted are left alone',
      )
      .requiredOption('--namespace <name>', 'the only namespace it touches')
      .option('--finalizer <name>', 'take off this one alone; without it all of them')
      .option('--dry-run', 'only list what would be taken off')
      .option('--kubeconfig <file>', "of another cluster than the lab's own", kubeconfigPath())
      .option('--json', 'machine-readable output')
      .action(async (flags: Flags) => {
        const { namespace, finalizer, dryRun = false, json } = flags
        const kube = await reach(flags)
        const report = await stripFinalizers(kube, { namespace, dryRun, ...(finalizer ? { finalizer } : {}) })
        if (json) return console.log(JSON.stringify({ namespace, dryRun, ...report }, undefined, 2))
        console.log(strippedLines(namespace, report, dryRun, Date.now()).join('\n'))
      }),
  )

/** The cluster, if it answers and has the namespace. */
const reach = async ({ kubeconfig, namespace }: Flags): Promise<Kube> => {
  try {
    const kube = connect(kubeconfig)
    await kube.core.readNamespace({ name: namespace })
    return kube
  } catch (error) {
    throw isNotFound(error)
      ? new LabError(`There is no namespace ${namespace}`, { exit: 'usage', next: '`kubectl get namespaces` shows them all' })
      : new LabError('No cluster answers', {
          why: refusal(error),
          exit: 'cannotRun',
          next: '`lab status` shows the lab’s own',
          cause: error,
        })
  }
}
