// A node while episodes run on it.
import type { Kube } from '../../kube/client.ts'
import type { TestbedNode } from '../../model/testbed.ts'

export interface EpisodeNode extends TestbedNode {
  readonly kube: Kube
  readonly signal: AbortSignal
}
