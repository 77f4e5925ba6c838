// When a new or restarted cluster counts as ready: nodes, DNS, and a pod on every worker that reaches a Service by its name.
import type { V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import { apply, remove } from '../../kube/apply.ts'
import type { Kube, Manifest } from '../../kube/client.ts'
import { namespaceEvidence } from '../../kube/events.ts'
import { waitForObjects } from '../../kube/watch.ts'
import type { Wait } from '../../kube/wait.ts'
import type { Work } from '../../model/work.ts'
import { docker } from '../../artifact/docker.ts'
import { workloadImageName } from './images.ts'
import { nodeEvidence, workers } from './nodes.ts'
import type { Node } from './nodes.ts'

type Options = Work & { readonly readyWithinMs: number }

const inspectNext = 'run it again with --keep to inspect the nodes: docker exec -it NODE journalctl -u kubelet'

/** Waits for the nodes, DNS and the pod network. `range`: the addresses of pods. */
export const clusterReady = async (options: Options, kube: Kube, nodes: readonly Node[], range: string): Promise<void> => {
  await nodesReady(options, kube, inspectNext)
  await closePodRange(nodes, range)
  await dnsReady(options, kube, options.readyWithinMs)
  await networkWorks(options, kube, workers(nodes))
}

/** Waits until every node is ready and takes pods: the taints of one that did not answer go a moment after it is ready. */
export const nodesReady = ({ step, signal, readyWithinMs }: Options, kube: Kube, next: string): Promise<void> => {
  const wait: Wait = {
    what: 'every node to be ready',
    deadlineMs: readyWithinMs,
    signal,
    evidence: async () => [
      ...(await conditions(kube)),
      ...(await namespaceEvidence(kube, 'kube-system')),
      ...(await nodeEvidence()),
    ],
    next,
  }
  return step('wait for the nodes', () =>
    waitForObjects<void>(kube, { apiVersion: 'v1', kind: 'Node' }, wait, (all) => {
      const unready = (all as readonly V1Node[]).filter((node) => !isReady(node)).map((node) => node.metadata?.name)
      return all.length > 0 && unready.length === 0 ? { value: undefined } : { notYet: `not ready: ${unready.join(', ')}` }
    }),
  )
}

/**
 * Connections to an address without a pod fail at once, from every node: over the default route they would leave the cluster, and a host outside may answer
 * them. The routes to pods are more specific.
 */
const closePodRange = async (nodes: readonly Node[], range: string): Promise<void> =>
  void (await Promise.all(nodes.map(({ name }) => docker(['exec', name, 'ip', 'route', 'replace', 'unreachable', range]))))

const dnsReady = ({ step, signal }: Work, kube: Kube, deadlineMs: number): Promise<void> => {
  const wait: Wait = { what: 'CoreDNS to be ready', deadlineMs, signal, evidence: () => namespaceEvidence(kube, 'kube-system') }
  const selection = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'kube-system', labelSelector: 'k8s-app=kube-dns' }
  return step('wait for DNS', () =>
    waitForObjects<void>(kube, selection, wait, ([deployment]) => {
      const ready = (deployment as V1Deployment | undefined)?.status?.readyReplicas ?? 0
      return ready > 0 ? { value: undefined } : { notYet: 'no ready replica' }
    }),
  )
}

/** Tests the whole path from each worker: DNS, kube-proxy and pod routes. */
const networkWorks = ({ step, signal }: Work, kube: Kube, nodes: readonly string[]): Promise<void> =>
  step('check the pod network from every worker', async () => {
    const pods = nodes.map(checkPod)
    try {
      await apply(kube, pods)
      const wait: Wait = {
        what: 'a pod on every worker to reach the API server by name',
        deadlineMs: 60_000,
        signal,
        evidence: () => checkEvidence(kube, pods),
      }
      const selection = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', labelSelector: 'app=network-check' }
      await waitForObjects<void>(kube, selection, wait, (all) => {
        const phases = (all as readonly V1Pod[]).map((pod) => pod.status?.phase)
        return phases.length === nodes.length && phases.every((phase) => phase === 'Succeeded')
          ? { value: undefined }
          : { notYet: phases.join(', ') }
      })
    } finally {
      for (const pod of pods) await remove(kube, pod, 0)
    }
  })

const checkPod = (node: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `network-check-${node}`, namespace: 'default', labels: { app: 'network-check' } },
  spec: {
    nodeName: node,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 0,
    dnsConfig: {
      options: [
        { name: 'timeout', value: '1' },
        { name: 'attempts', value: '10' },
      ],
    }, // kube-proxy may be a moment behind
    containers: [
      { name: 'check', image: `${workloadImageName}:current`, imagePullPolicy: 'Never', args: ['/lab/network-check.js'] },
    ],
  },
})

const checkEvidence = async (kube: Kube, pods: readonly Manifest[]): Promise<string[]> => {
  const logs = pods.map(async ({ metadata }) => {
    const log = await kube.core
      .readNamespacedPodLog({ name: metadata?.name ?? '', namespace: 'default', tailLines: 3 })
      .catch(String)
    return `${metadata?.name}: ${log}`
  })
  return [...(await namespaceEvidence(kube, 'default')), ...(await Promise.all(logs))]
}

/** Taints of a node that does not answer, or that its control plane has not heard of yet. */
const absent = new Set(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'])

const readyCondition = (node: V1Node) => node.status?.conditions?.find(({ type }) => type === 'Ready')

const absentTaints = (node: V1Node): string[] => (node.spec?.taints ?? []).map(({ key }) => key).filter((key) => absent.has(key))

const isReady = (node: V1Node): boolean => readyCondition(node)?.status === 'True' && absentTaints(node).length === 0

const conditions = async (kube: Kube): Promise<string[]> => {
  const { items } = await kube.core.listNode()
  return items.map((node) =>
    [`node ${node.metadata?.name}: ${readyCondition(node)?.message ?? 'no condition yet'}`, ...absentTaints(node)].join(
      ', taint ',
    ),
  )
}
