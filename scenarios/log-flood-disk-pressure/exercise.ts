// Pods that did nothing are evicted, and nothing new can start on their node.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    '`client` gets no answer from `orders`: 5 requests a second, and every one of them fails. Half a minute after a ' +
    'deployment of another team `orders`, `search` and `mail` were evicted, although nobody had touched them; their new ' +
    'pods are Pending, and the node reports disk pressure. That deployment will be made again: it has to stay and to run, ' +
    'as all others have, and yet the node may not come under disk pressure, and none of the three may be evicted. Nobody ' +
    'has to empty the disk: `lab workshop check` does, before anything else.',
  hints: [
    'Who was evicted, in which order, and why? `kubectl get events --sort-by=.lastTimestamp`, `kubectl get pods -o wide`, ' +
      'and `kubectl describe node` with the name of their node: its conditions and its taints. Then see where each ' +
      'Deployment writes: `kubectl get deployments -o yaml`, under volumes.',
    'The events Evicted say in which order: `orders`, with 12 MiB of its own, went first, and `flooder`, which wrote ' +
      'hundreds of MiB, last. They also say how many bytes the kubelet counted for each. On a healthy node whoever writes ' +
      'most is counted most, and is stopped alone. Look at the volume that `flooder` writes its log to.',
    'The kubelet evicts in the order of the bytes that it knows a pod to have: standard output, emptyDir volumes, the ' +
      'writable layer. What lies on a hostPath belongs to nobody: no order and no limit counts it, and it stays when the ' +
      'pod has gone. So the log has to lie where it is counted, and something has to bound it there; or it lies on another ' +
      'disk than that of the node (there is one at /run/incident-lab/volume).',
  ],
  solution: 'ephemeral-limit',
  rights: [
    {
      apiGroups: [''],
      resources: ['persistentvolumes'],
      verbs: ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'],
    },
  ],
  remember: [
    'Under disk pressure the kubelet evicts by the bytes it knows of: those on a hostPath belong to nobody, so the bystanders ' +
      'go first.',
    'limits.ephemeral-storage counts standard output, emptyDir volumes and the writable layer; the limit alone changes ' +
      'nothing while the log lies on a hostPath.',
    'To delete evicted pods does not help: what starts anew meets the taint, and the evidence is gone.',
    'The cheapest guard is the PodSecurity level baseline, which forbids hostPath volumes.',
  ],
  story: {
    broken: { pods: 'orders', are: 'evicted' },
    check: { again: 'ephemeral-limit' },
  },
})
