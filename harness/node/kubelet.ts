// Overrides kubelet settings and restores them: a drop-in under /run, which does not survive a restart of the node.
import type { V1Node } from '@kubernetes/client-node'
import { parse } from 'yaml'
import * as z from 'zod'
import type { Kube } from '../kube/client.ts'
import { waitForObjects } from '../kube/watch.ts'
import { runScript } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'

/** A node with a shell on it. */
export interface NodeAccess {
  readonly kube: Kube
  readonly name: string
  readonly shell: NodeShell
  readonly signal: AbortSignal
}

/** Folder of everything that the lab puts on a node. */
export const labFolder = '/run/incident-lab'

const dropIn = '/run/systemd/system/kubelet.service.d/incident-lab.conf'

export interface KubeletSettings {
  /** Fields of KubeletConfiguration, as in its file. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly flags: Readonly<Record<string, string>>
}

/** Restarts the kubelet with its own settings plus these. Without settings, a running kubelet is not restarted. */
export const configureKubelet = async (node: NodeAccess, { fields, flags }: KubeletSettings): Promise<void> => {
  if (Object.keys(fields).length === 0 && Object.keys(flags).length === 0) return startKubelet(node)
  const words = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
  const read = await runScript(node.shell, 'read the settings of the kubelet', 'cat /var/lib/kubelet/config.yaml')
  const own = z.looseObject({}).parse(parse(read))
  const file = Buffer.from(JSON.stringify({ ...own, ...fields })).toString('base64')
  const printed = await runScript(
    node.shell,
    'restart the kubelet with other settings',
    `mkdir -p ${labFolder} $(dirname ${dropIn})
echo ${file} | base64 -d > ${labFolder}/kubelet.yaml
command=$(systemctl cat kubelet | grep '^ExecStart=/' | tail -1)
printf '[Service]\\nExecStart=\\n%s %s\\n' "$command" '--config=${labFolder}/kubelet.yaml ${words.join(' ')}' > ${dropIn}
systemctl daemon-reload
${stopKubelet}
systemctl start kubelet`,
  )
  await kubeletReady(node, stoppedAt(printed))
}

/** Bash: stops the kubelet and prints the time. The pause of a second separates its last report from those of the next kubelet. */
const stopKubelet = `systemctl stop kubelet; echo "stopped $(date +%s)"; sleep 1`

/** Seconds since the epoch at which a script stopped the kubelet. */
const stoppedAt = (printed: string): number => Number(/^stopped (\d+)$/m.exec(printed)?.[1])

const startKubelet = async (node: NodeAccess): Promise<void> => {
  const printed = await runScript(node.shell, 'start the kubelet', startStopped)
  if (printed !== '') await kubeletReady(node, Number(printed))
}

/** Bash: starts a stopped kubelet and prints the time, minus a second, since its first report may have the same second. */
export const startStopped = `systemctl is-active --quiet kubelet || { echo $(($(date +%s) - 1)); systemctl start kubelet; }`

/** Bash: stops a kubelet with overrides, and removes them. */
export const dropSettings = `if [ -e ${dropIn} ]; then rm -f ${dropIn}; systemctl daemon-reload; ${stopKubelet} >/dev/null; fi`

/** Waits until a kubelet started since then has reported a healthy node to the API server. */
export const kubeletReady = (node: NodeAccess, stoppedAtS: number): Promise<void> =>
  waitUntilHealthy(node, `the kubelet of ${node.name} to be ready`, 60_000, (seen) => [
    ...(hasReported(seen, stoppedAtS) ? [] : ['it has not reported since']),
    ...problemsOf(seen),
  ])

/** Waits until the node is healthy again. */
export const pressureOver = (node: NodeAccess): Promise<void> =>
  waitUntilHealthy(node, `${node.name} to be under no pressure`, 90_000, problemsOf)

/** Waits until a node is ready again. */
export const nodeReady = (node: Omit<NodeAccess, 'shell'>): Promise<void> =>
  waitUntilHealthy(node, `${node.name} to be ready`, 60_000, problemsOf)

const waitUntilHealthy = (
  { kube, name, signal }: Omit<NodeAccess, 'shell'>,
  what: string,
  deadlineMs: number,
  troubles: (seen: V1Node) => string[],
): Promise<void> =>
  waitForObjects<void>(
    kube,
    { apiVersion: 'v1', kind: 'Node' },
    { what, deadlineMs, signal, next: `docker exec ${name} journalctl -u kubelet` },
    (all) => {
      const seen = all.find((each) => each.metadata?.name === name) as V1Node | undefined
      const wrong = seen ? troubles(seen) : ['it is not registered']
      return wrong.length === 0 ? { value: undefined } : { notYet: wrong.join(', ') }
    },
  )

const hasReported = ({ status }: V1Node, stoppedAtS: number): boolean => {
  const { lastHeartbeatTime } = status?.conditions?.find(({ type }) => type === 'Ready') ?? {}
  return new Date(lastHeartbeatTime ?? 0).getTime() / 1000 > stoppedAtS
}

const problemsOf = ({ status, spec }: V1Node): string[] => [
  ...(status?.conditions ?? [])
    .filter(({ type, status: is }) => is !== (type === 'Ready' ? 'True' : 'False'))
    .map(({ type, status: is }) => `${type} is ${is}`),
  ...(spec?.taints ?? []).filter(({ key }) => key.startsWith('node.kubernetes.io/')).map(({ key }) => `taint ${key}`),
]
