// What the scheduler says of a pod it cannot place, node by node: counts are parsed, since the wording changes with the version.

export interface SchedulerMessage {
  readonly nodes: number
  /** Why how many nodes cannot take the pod. */
  readonly reasons: readonly { readonly nodes: number; readonly why: string }[]
  /** Why preempting others would not help on how many nodes. */
  readonly preemption: readonly { readonly nodes: number; readonly why: string }[]
}

/** Undefined for a text that says nothing of nodes. */
export const parseSchedulerMessage = (text: string): SchedulerMessage | undefined => {
  const [, total, own = ''] = /^0\/(\d+) nodes are available: ([^]*?)(?=,? ?preemption: |$)/.exec(text) ?? []
  if (total === undefined) return undefined
  const [, preemption = ''] = /preemption: 0\/\d+ nodes are available: ([^]*)$/.exec(text) ?? []
  return { nodes: Number(total), reasons: counted(own), preemption: counted(preemption) }
}

/** "1 Insufficient memory, 2 node(s) had untolerated taint {a: b}. no new claims to deallocate, " */
const counted = (text: string): { nodes: number; why: string }[] =>
  [...text.matchAll(/(?:^|, )(\d+) ([^]+?)(?=, \d+ |\. |\.?$)/g)].map(([, nodes, why = '']) => ({ nodes: Number(nodes), why }))
