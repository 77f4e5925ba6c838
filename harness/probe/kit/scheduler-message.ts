// Parses the scheduler's message about a pod it cannot place: only counts, since the wording changes with the version.

export interface SchedulerMessage {
  readonly nodes: number
  /** Number of nodes by the reason why they cannot take the pod. */
  readonly reasons: readonly { readonly nodes: number; readonly why: string }[]
  /** Number of nodes by the reason why preemption would not help. */
  readonly preemption: readonly { readonly nodes: number; readonly why: string }[]
}

/** Undefined for a text without node counts. */
export const parseSchedulerMessage = (text: string): SchedulerMessage | undefined => {
  const [, total, own = ''] = /^0\/(\d+) nodes are available: ([^]*?)(?=,? ?preemption: |$)/.exec(text) ?? []
  if (total === undefined) return undefined
  const [, preemption = ''] = /preemption: 0\/\d+ nodes are available: ([^]*)$/.exec(text) ?? []
  return { nodes: Number(total), reasons: counted(own), preemption: counted(preemption) }
}

/** "1 Insufficient memory, 2 node(s) had untolerated taint {a: b}. no new claims to deallocate, " */
const counted = (text: string): { nodes: number; why: string }[] =>
  [...text.matchAll(/(?:^|, )(\d+) ([^]+?)(?=, \d+ |\. |\.?$)/g)].map(([, nodes, why = '']) => ({ nodes: Number(nodes), why }))
