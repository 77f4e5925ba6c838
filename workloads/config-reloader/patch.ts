// Decides what is written into a Deployment: memory and replacement in one patch, so that there is never one without the other.
import type { V1Deployment } from '@kubernetes/client-node'
import { memoryAnnotation } from './decide.ts'
import type { Decision } from './decide.ts'
import { isSecret } from './uses.ts'

/** The annotation of stakater/Reloader. */
const causeAnnotation = 'reloader.stakater.com/last-reloaded-from'

/**
 * A merge patch, refused (409) when the Deployment is not the one that was seen any more. The cause has the time in it, so that a value
 * that comes back replaces the pods, too, and no ReplicaSet of before is taken up again.
 */
export const patchOf = ({ metadata }: V1Deployment, decision: Exclude<Decision, { kind: 'none' }>, now: Date): object => {
  const { resourceVersion } = metadata ?? {}
  const own = { metadata: { resourceVersion, annotations: { [memoryAnnotation]: JSON.stringify(decision.memory) } } }
  if (decision.kind === 'record') return own
  const cause = {
    type: decision.changed.every(isSecret) ? 'SECRET' : 'CONFIGMAP',
    name: decision.changed.join(','),
    observedAt: now.toISOString(),
  }
  return { ...own, spec: { template: { metadata: { annotations: { [causeAnnotation]: JSON.stringify(cause) } } } } }
}
