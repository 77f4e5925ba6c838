// A rollout of a StatefulSet gets stuck at a pod that cannot start, and so does its rollback: it waits for that pod to be ready first.
import { defineScenario, metric } from '../../harness/index.ts'

const rollback = { when: { after: '12s' }, what: 'rollback: kubectl rollout undo', run: 'remedies/undo.sh' }
/** After the rollback, as somebody does who has seen that nothing happens. */
const later = { after: '20s' }

export default defineScenario({
  slug: 'statefulset-stuck-rollback',
  title: 'The rollback waits for the pod that it has to replace',
  story:
    'A new version of a StatefulSet names an image that does not exist. The rollout stops at its first pod, as it should, and its shard is ' +
    'down. The rollback changes the template back, and nothing happens: the controller waits for the broken pod to become ready before ' +
    'it touches any pod, and that pod can never become ready.',
  headline: 'after the rollback the shard stayed down until the end; the client was down for {client_down_s}',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback',
    'https://github.com/kubernetes/kubernetes/issues/67250',
  ],
  suite: 'rollouts',
  shape: 'lab',
  arms: {
    control: {
      kind: 'control',
      summary: 'a version that starts, and its rollback',
      trigger: 'triggers/good-version.sh',
      steps: [rollback],
    },
    incident: { kind: 'incident', summary: 'a version that cannot start, and its rollback' },
    'delete-the-pod': {
      kind: 'fix',
      summary: 'delete the broken pod after the rollback',
      steps: [{ when: later, what: 'remedy: the broken pod is deleted', run: 'remedies/delete-the-pod.sh' }],
      costs: ['somebody has to know it, for every StatefulSet and every broken rollout'],
    },
    parallel: {
      kind: 'fix',
      summary: 'podManagementPolicy Parallel, set when the StatefulSet was created',
      difference: 'remedies/parallel.yaml',
      costs: [
        'pods start and end all at once: not for members that have to join one after the other',
        'the policy of a StatefulSet cannot be changed later',
      ],
    },
    'undo-again': {
      kind: 'folk',
      summary: 'roll back once more',
      steps: [{ when: later, what: 'remedy: kubectl rollout undo, once more', run: 'remedies/undo.sh' }],
      costs: ['a second rollback goes back to the broken version'],
    },
    restart: {
      kind: 'folk',
      summary: 'kubectl rollout restart',
      steps: [{ when: later, what: 'remedy: kubectl rollout restart', run: 'remedies/restart.sh' }],
      costs: ['another revision that waits for the same pod'],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=store',
    settled: [{ pods: 'store', are: 'ready', atLeast: 3, for: '2s' }],
    trigger: 'triggers/broken-version.sh',
    steps: [rollback],
    until: [{ after: '50s' }],
    onset: '3s',
    full: { blocks: 6, warmup: '3s', window: '60s' },
    quick: { blocks: 1, warmup: '3s', window: '60s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'unready-pods': { of: 'store' },
    'client-downtime': {},
    'service-endpoints': { service: 'shard-2' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('store_unready_s').atLeast(10)],
    healthy: [metric('store_unready_at_end').atMost(0), metric('served_at_end').atLeast(1), metric('longest_down_s').atMost(10)],
    reproduced: [
      metric('store_unready_at_end').atLeast(1),
      metric('served_at_end').atMost(0),
      metric('client_down_s').atLeast(30),
      metric('unserved_s').atLeast(30),
    ],
    fixed: [metric('store_unready_s').atLeast(10), metric('store_unready_at_end').atMost(0), metric('served_at_end').atLeast(1)],
    mitigated: [metric('client_down_s').atMost({ times: 0.5, of: 'incident.client_down_s' })],
    worse: [metric('store_unready_at_end').atLeast({ times: 2, of: 'incident.store_unready_at_end' })],
  },
})
