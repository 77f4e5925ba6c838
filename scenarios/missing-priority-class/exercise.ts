// The service that must not fail is gone, and its new pod waits while less important work runs.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    '`client` gets no answer from `critical`: 5 requests a second, and every one of them fails. The only pod of `critical` ' +
    'is Pending, while pods of `batch` run on the node that it ran on. `critical` has to answer again, and when the same ' +
    'happens again it may be out for half a minute at most and has to come back by itself, on that node. What else runs ' +
    'there belongs to other teams: it may wait, but to delete, stop, shrink or refuse it is no repair.',
  hints: [
    'Why did the pod go, and why does the new one wait? `kubectl get events --sort-by=.lastTimestamp` and `kubectl ' +
      'describe pod -l app=critical`. Then compare all pods: `kubectl get pods -o ' +
      'custom-columns=NAME:.metadata.name,PRIORITY:.spec.priority,QOS:.status.qosClass,NODE:.spec.nodeName`.',
    'An event Evicted says that the node was low on memory and that `critical` used far more than it requests. The event ' +
      'FailedScheduling of the new pod says "No preemption victims found for incoming pod". Every pod has priority 0. In ' +
      'a healthy system another pod would have been evicted, or the scheduler would have made room for `critical`.',
    'The kubelet evicts pods that use more than they request, in the order of their priority, and among equals the one ' +
      'furthest above its request. The scheduler may make room only by preempting pods of a lower priority, and there are ' +
      'none. Requests and QoS say who survives; nothing here says who matters.',
  ],
  solution: 'priority-class',
  rights: [
    {
      apiGroups: ['scheduling.k8s.io'],
      resources: ['priorityclasses'],
      verbs: ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'],
    },
  ],
  remember: [
    'QoS says who survives, and priority says who matters: the first does not bring a pod back that has to be replaced.',
    'A PriorityClass works twice: the kubelet evicts the less important first, and the scheduler may preempt them.',
    'A PodDisruptionBudget is asked by drains, and neither by the kubelet nor by the scheduler where it has no choice; to ' +
      'delete the pending pod only makes another one that waits.',
    'A priority tolerates no taint: a node under memory pressure keeps even the most important pod out, for 5 minutes by ' +
      'default.',
  ],
  story: {
    broken: { pods: 'critical', are: 'pending', for: '1s' },
    check: {
      again: 'priority-class',
      until: [
        { pods: 'hog', are: 'evicted', for: '40s' },
        { pods: 'critical', are: 'pending', for: '62s' }, // as the incident ends
      ],
    },
  },
})
