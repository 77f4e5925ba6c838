// lab remedy: manual repairs with safety checks.
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { connect, isNotFound, refusal } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { stripFinalizers } from '../../remedy/strip-finalizers.ts'
import type { StripReport } from '../../remedy/strip-finalizers.ts'
import { provider } from '../session.ts'
import { strippedLines } from '../stripped-lines.ts'

interface Flags {
  readonly namespace: string
  readonly finalizer?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

export const command = (): Command =>
  new Command('remedy').description('apply a manual repair to a cluster').addCommand(
    new Command('strip-finalizers')
      .description(
        'remove the finalizers of deleted pods that hang in Terminating. This skips the clean-up that the finalizers protect: restore their ' +
          'operator if you can. Pods that were not deleted stay unchanged',
      )
      .requiredOption('--namespace <name>', 'the only namespace it touches')
      .option('--finalizer <name>', 'remove only this finalizer (default: all)')
      .option('--dry-run', 'only list what would be removed')
      .option('--kubeconfig <file>', "kubeconfig of a cluster other than the lab's own; requires --context")
      .option('--context <name>', 'context to use; the current-context of the file is ignored on purpose')
      .option('--yes', 'do not ask before changing a cluster that is not the lab’s')
      .option('--json', 'machine-readable output')
      .action(async (flags: Flags) => {
        const { namespace, finalizer, dryRun = false, json = false } = flags
        const kube = await reach(flags)
        const options = { namespace, ...(finalizer ? { finalizer } : {}) }
        const tell = (report: StripReport, isList: boolean): string =>
          strippedLines(namespace, report, isList, Date.now()).join('\n')
        if (!dryRun && flags.kubeconfig !== undefined && !flags.yes)
          await confirm(kube, tell(await stripFinalizers(kube, { ...options, dryRun: true }), true))
        const report = await stripFinalizers(kube, { ...options, dryRun })
        console.log(json ? JSON.stringify({ namespace, dryRun, ...report }, undefined, 2) : tell(report, dryRun))
      }),
  )

/** The chosen cluster, if it answers and has the namespace. */
const reach = async ({ kubeconfig, context, namespace }: Flags): Promise<Kube> => {
  if (kubeconfig === undefined && context !== undefined)
    throw new LabError('--context names another cluster than the lab’s own', {
      exit: 'usage',
      next: 'also name the file of that cluster with --kubeconfig',
    })
  if (kubeconfig !== undefined && context === undefined)
    throw new LabError(`--kubeconfig ${kubeconfig} needs a --context`, {
      why: 'its current-context may not be the cluster you expect',
      next: `name it with --context; \`kubectl --kubeconfig ${kubeconfig} config get-contexts\` lists them`,
      exit: 'usage',
    })
  try {
    const kube = kubeconfig === undefined ? await provider.connect() : connect(kubeconfig, context)
    await kube.core.readNamespace({ name: namespace })
    return kube
  } catch (error) {
    if (error instanceof LabError && (kubeconfig !== undefined || error.exit === 'cannotRun')) throw error
    throw isNotFound(error)
      ? new LabError(`There is no namespace ${namespace}`, { exit: 'usage', next: '`kubectl get namespaces` shows them all' })
      : new LabError('No cluster answers', {
          why: refusal(error),
          exit: 'cannotRun',
          next: '`lab status` shows the lab’s own cluster',
          cause: error,
        })
  }
}

/** For a cluster that is not the lab's: the user confirms what will change, and where. */
const confirm = async ({ config }: Kube, list: string): Promise<void> => {
  const where = `${config.getCurrentContext()} (${config.getCurrentCluster()?.server})`
  process.stderr.write(`${where}\n${list}\n`)
  const refused = (why: string): LabError =>
    new LabError('Nothing was changed', { why, next: '--yes skips the question; --dry-run only lists', exit: 'usage' })
  if (!process.stdin.isTTY) throw refused('this cluster is not the lab’s, and without a terminal the lab cannot ask')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('Remove these finalizers? Type yes: ')
  terminal.close()
  if (answer.trim() !== 'yes') throw refused('the answer was not yes')
}
