// How a kubelet gets other settings than its cluster's, and its own again: a drop-in under /run, which no restart of the node survives.
import type { V1Node } from '@kubernetes/client-node'
import { parse } from 'yaml'
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

/** Everything the lab puts on a node lies here, or hangs on what does. */
export const labFolder = '/run/incident-lab'

const dropIn = '/run/systemd/system/kubelet.service.d/incident-lab.conf'

export interface KubeletSettings {
  /** Fields of KubeletConfiguration, as in its file. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly flags: Readonly<Record<string, string>>
}

/** Restarts the kubelet with its own settings and these on top. */
export const configureKubelet = async (node: NodeAccess, { fields, flags }: KubeletSettings): Promise<void> => {
  const words = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
  const own = parse(await runScript(node.shell, 'read the settings of the kubelet', 'cat /var/lib/kubelet/config.yaml')) as object
  const file = Buffer.from(JSON.stringify({ ...own, ...fields })).toString('base64')
  const since = Date.now()
  await runScript(
    node.shell,
    'restart the kubelet with other settings',
    `mkdir -p ${labFolder} $(dirname ${dropIn})
echo ${file} | base64 -d > ${labFolder}/kubelet.yaml
command=$(systemctl cat kubelet | grep '^ExecStart=/' | tail -1)
printf '[Service]\\nExecStart=\\n%s %s\\n' "$command" '--config=${labFolder}/kubelet.yaml ${words.join(' ')}' > ${dropIn}
systemctl daemon-reload
systemctl restart kubelet`,
  )
  await kubeletReady(node, since)
}

/** Bash: stops the kubelet and takes its drop-in away. */
export const dropSettings = `rm -f ${dropIn}; systemctl daemon-reload; systemctl stop kubelet`

/** Waits until a kubelet started since then has told the API server how its node is, and the node is as healthy as can be. */
export const kubeletReady = ({ kube, name, signal }: NodeAccess, sinceMs: number): Promise<V1Node> =>
  waitForObjects<V1Node>(
    kube,
    { apiVersion: 'v1', kind: 'Node' },
    { what: `the kubelet of ${name} to be ready`, deadlineMs: 60_000, signal, next: `docker exec ${name} journalctl -u kubelet` },
    (all) => {
      const node = all.find((each) => each.metadata?.name === name) as V1Node | undefined
      const troubles = node ? troublesOf(node, sinceMs) : ['it is not registered']
      return node && troubles.length === 0 ? { value: node } : { notYet: troubles.join(', ') }
    },
  )

const troublesOf = ({ status, spec }: V1Node, sinceMs: number): string[] => {
  const conditions = status?.conditions ?? []
  const heartbeat = new Date(conditions.find(({ type }) => type === 'Ready')?.lastHeartbeatTime ?? 0).getTime()
  return [
    ...(heartbeat < Math.floor(sinceMs / 1000) * 1000 ? ['it has not reported since it was restarted'] : []),
    ...conditions
      .filter(({ type, status: is }) => is !== (type === 'Ready' ? 'True' : 'False'))
      .map(({ type, status: is }) => `${type} is ${is}`),
    ...(spec?.taints ?? []).filter(({ key }) => key.startsWith('node.kubernetes.io/')).map(({ key }) => `taint ${key}`),
  ]
}
