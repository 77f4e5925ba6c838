import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'The critical pod is evicted while less important pods run on.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'it was furthest above its request',
  },
  {
    says: 'Under pressure of CPU the kubelet evicts pods.',
    answer: 'refuted',
    arms: ['cpu-pressure'],
    how: 'a pod that takes all CPU time evicts none: there is no such eviction signal',
  },
  {
    says: 'Of pods of one QoS class any may be evicted.',
    answer: 'refuted',
    arms: ['incident', 'priority-class'],
    how: 'the kubelet ranks by use above the request, then by priority. Which of several equal pods goes is not measured',
  },
  {
    says: 'The replacement stays Pending: no preemption victims.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'for longer than a minute; the scheduler says so in its event',
  },
  {
    says: 'Requests and limits only delay it: QoS is not priority.',
    answer: 'reproduced',
    arms: ['guaranteed-qos'],
    how: 'it survives, and once it has to be replaced it stays Pending',
  },
  {
    says: 'A PriorityClass is the repair.',
    answer: 'reproduced',
    arms: ['priority-class'],
    how: 'the scheduler preempts batch pods once the taint of the node is gone',
  },
])
