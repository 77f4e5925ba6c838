// Deleted pods do not go, and a new one on the same node does not start.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    'The new pod of `canary` does not get beyond ContainerCreating, and `client` gets no answer from it: 2 requests a ' +
    'second, and every one of them fails. On the same node all pods of `fleet` were deleted before, and every one of them ' +
    'is still Terminating. They have to go, with all that they hold on the node, and `canary` has to answer. What counts ' +
    'is what is there when you check: the check deploys `canary` anew, and does not make the rest happen again.',
  hints: [
    'Why does the new pod not start, and why do the old ones not go? `kubectl describe pod -l app=canary`, `kubectl get pod ' +
      'fleet-0 -o yaml`, under metadata, and `kubectl get deployments,leases,configmaps,serviceaccounts`: who made these ' +
      'pods, and is it still there?',
    'The kubelet says of `canary`: "no IP addresses available in range set". Each pod of `fleet` has a deletionTimestamp, ' +
      'and under finalizers incident-lab.example/address-record; a pod without one would have gone within seconds. The ' +
      'Deployment `operator`, which made them, is not there; its ServiceAccount, its Role and its record, the ConfigMap ' +
      '`address-book`, are.',
    'A finalizer says that somebody has something to do before the object may go: here, to take the address of the pod off ' +
      'the record. Only who set it takes it off, and that operator was deleted first. On this network an address belongs to ' +
      'the object of the pod, so each object that stays holds one. Either the operator does its work after all (its ' +
      'manifest is scenarios/orphaned-finalizers/manifests/2-operator.yaml), or you take off what it put on each pod, and ' +
      'its work stays undone.',
  ],
  solution: 'restore-operator',
  rights: [{ apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['get', 'list', 'watch'] }],
  remember: [
    'To delete an object with a finalizer only marks it; it goes when whoever set the finalizer has done its work and taken ' +
      'it off.',
    'So the order matters: first what an operator looks after, and the operator when nothing of that is left.',
    '`--force --grace-period=0` takes away the grace period and not the finalizer.',
    'To take finalizers off by hand skips the work that they stand for: bring the operator back where that is possible, ' +
      'else write down what has to be cleaned up.',
  ],
  story: {
    broken: { pods: 'fleet', are: 'terminating', atLeast: 'all', for: '30s' },
    check: {
      before: [{ run: 'triggers/no-canary.sh' }],
      steps: [{ when: { after: '0s' }, what: 'a canary is deployed', apply: 'triggers/canary.yaml' }],
      until: [{ pods: 'canary', are: 'ready', for: '8s' }, { after: '40s' }],
    },
  },
})
