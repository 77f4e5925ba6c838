// What the cluster says about a namespace when something there did not work: states of pods, and events.
import type { CoreV1Event, V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import type { Kube } from './client.ts'

/** Lines of evidence: every pod's state, pods that do not run first, then the last warnings. */
export const namespaceEvidence = async (kube: Kube, namespace: string): Promise<string[]> => {
  const pods = await kube.core.listNamespacedPod({ namespace })
  const events = await kube.core.listNamespacedEvent({ namespace })
  const warnings = events.items
    .filter((event) => event.type === 'Warning')
    .toSorted(byTime)
    .slice(-10)
  const notRunning = pods.items.filter((pod) => !runs(pod))
  return [...[...notRunning, ...pods.items.filter(runs)].map(podState), ...warnings.map(eventLine)]
}

const runs = ({ status }: V1Pod): boolean =>
  status?.phase === 'Succeeded' || (status?.phase === 'Running' && (status.containerStatuses ?? []).every(({ ready }) => ready))

const podState = (pod: V1Pod): string => {
  const { phase, initContainerStatuses = [], containerStatuses = [], conditions = [] } = pod.status ?? {}
  const unscheduled = conditions.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False')
  const started = initContainerStatuses.filter(({ state }) => state?.terminated?.exitCode !== 0)
  const containers = phase === 'Succeeded' ? [] : [...started, ...containerStatuses].map(containerState)
  return [`pod ${pod.metadata?.name}: ${phase}`, ...containers, unscheduled?.message].filter(Boolean).join(', ')
}

/** Why it does not run; empty: it does, or has not begun. */
const containerState = ({ name, ready, restartCount, state, lastState }: V1ContainerStatus): string => {
  const said = [waitsFor(state), endedBy(state), endedBy(lastState)].filter(Boolean)
  if (restartCount > 0) said.push(`started ${restartCount + 1} times`)
  if (state?.running && !ready) said.push('running, but not ready')
  return said.length > 0 && !ready ? `${name}: ${said.join(', ')}` : ''
}

const waitsFor = (state: V1ContainerState | undefined): string => saidOnce(state?.waiting?.reason, state?.waiting?.message)

const endedBy = (state: V1ContainerState | undefined): string => {
  const { exitCode, reason, message } = state?.terminated ?? {}
  return exitCode === undefined ? '' : saidOnce(`ended with exit code ${exitCode}${reason ? ` (${reason})` : ''}`, message)
}

const saidOnce = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(': ').replaceAll(/\s+/g, ' ')

const eventLine = (event: CoreV1Event): string =>
  `event ${event.involvedObject.kind}/${event.involvedObject.name}: ${event.reason}: ${event.message}`

const byTime = (a: CoreV1Event, b: CoreV1Event): number => (a.lastTimestamp?.getTime() ?? 0) - (b.lastTimestamp?.getTime() ?? 0)
