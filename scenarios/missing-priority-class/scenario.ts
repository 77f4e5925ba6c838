// A node under memory pressure loses its critical pod, and batch work takes the room: nothing had said which of them matters.
import { defineScenario, metric } from '../../harness/index.ts'

export default defineScenario({
  slug: 'missing-priority-class',
  title: 'The critical pod is evicted and cannot come back',
  story:
    'A job without requests takes memory until its node is under pressure. The kubelet evicts the pod that is furthest above its ' +
    'request, and that is the critical service. Batch work that had been waiting takes the room, and the service waits in its turn: ' +
    'all pods have priority 0, so the scheduler may preempt nobody for it.',
  headline:
    'the critical pod was evicted and its replacement stayed pending for {critical_pending_s}; the client was down for {client_down_s}',
  sources: [
    'https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  suite: 'article',
  shape: 'lab',
  arms: {
    control: { kind: 'control', summary: 'no pressure', until: [{ after: '15s' }] },
    incident: { kind: 'incident', summary: 'memory pressure; every pod has priority 0' },
    'priority-class': {
      kind: 'fix',
      summary: 'a high PriorityClass for the critical service, a low one for batch work',
      difference: 'remedies/priority-class.yaml',
      until: [{ pods: 'hog', are: 'evicted', for: '40s' }],
      costs: [
        'batch pods are preempted: their work is lost and begun again',
        'the taint of a node under pressure keeps the service out all the same, for 5 minutes by default',
        'whoever may use the high class can push out everybody else: ResourceQuota has a scope for priority classes',
      ],
    },
    'guaranteed-qos': {
      kind: 'mitigation',
      summary: 'requests and limits as high as what it uses: QoS class Guaranteed',
      difference: 'remedies/guaranteed-qos.yaml',
      until: [{ pods: 'critical', are: 'pending', for: '32s' }],
      costs: [
        '1028 MiB are reserved instead of 200: four batch pods fewer fit on the node',
        'a cache that grows is killed by its own limit',
      ],
    },
    'pod-disruption-budget': {
      kind: 'folk',
      summary: 'a PodDisruptionBudget of at least one pod',
      difference: 'remedies/pod-disruption-budget.yaml',
      until: [{ pods: 'critical', are: 'pending', for: '32s' }],
      costs: ['drains of the node are refused meanwhile'],
    },
    'restart-it': {
      kind: 'folk',
      summary: 'delete the pending pod',
      steps: [
        {
          when: { pods: 'critical', are: 'pending', for: '10s' },
          what: 'remedy: delete the pending pod',
          delete: { pods: 'critical', are: 'pending' },
        },
      ],
      until: [{ pods: 'critical', are: 'pending', for: '32s' }],
      costs: ['another pending pod, at the end of the queue'],
    },
    'cpu-pressure': {
      kind: 'variant',
      expected: 'not-reproduced',
      summary:
        'the same with a pod that takes all the CPU time instead of memory: the kubelet evicts for memory, disk and processes only',
      trigger: 'triggers/cpu-hog.yaml',
      until: [{ after: '25s' }],
      fullOnly: true,
    },
  },
  trial: {
    kind: 'episode',
    node: {
      size: 'small-memory',
      kubelet: {
        evictionHard: {
          'memory.available': '576Mi',
          'nodefs.available': '0%',
          'nodefs.inodesFree': '0%',
          'imagefs.available': '0%',
        },
        evictionPressureTransitionPeriod: '10s',
        nodeStatusUpdateFrequency: '500ms',
      },
      // By default cAdvisor measures a pod every 10 to 15 s, and the kubelet ranks by what was measured last: then chance picks the victim.
      kubeletFlags: { 'housekeeping-interval': '2s' },
    },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=critical',
    settled: [
      { pods: 'batch', are: 'ready', atLeast: 2, for: '1s' },
      { pods: 'batch', are: 'pending', for: '1s' },
    ],
    trigger: 'triggers/memory-hog.yaml',
    steps: [
      // While the node still has its taint: without it, who comes back first is a race (README.md).
      {
        when: { pods: 'hog', are: 'evicted', for: '5s' },
        what: 'the critical pod, which survived, is replaced, as a drain or a rollout would',
        delete: { pods: 'critical', are: 'ready' },
      },
    ],
    until: [{ pods: 'critical', are: 'pending', for: '62s' }],
    onset: '6s', // the hog takes its memory, and the kubelet looks every 10 s
    full: { blocks: 6, warmup: '5s', window: '100s' },
    quick: { blocks: 1, warmup: '4s', window: '100s' },
    // Outcomes are yes or no, and waited for: a busy host makes them later, not others.
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'client-downtime': {},
    'service-endpoints': { service: 'critical' },
    scheduling: { of: 'critical' },
    evictions: { victim: 'critical', culprit: 'hog' },
    'node-pressure': { condition: 'memory-pressure' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('critical_priority').atMost(0), metric('node_pressure').atLeast(1)],
    healthy: [metric('client_down_s').atMost(0), metric('evictions').atMost(0), metric('unserved_s').atMost(0)],
    reproduced: [
      metric('critical_evictions').atLeast(1),
      metric('critical_pending_s').atLeast(60),
      metric('no_preemption_victims').atLeast(1),
      metric('client_down_s').atLeast(60),
      metric('unserved_s').atLeast(60),
    ],
    fixed: [
      metric('node_pressure').atLeast(1),
      metric('critical_replacements').atLeast(1),
      metric('longest_down_s').atMost(30),
      metric('served_at_end').atLeast(1),
    ],
    mitigated: [metric('critical_evictions').atMost(0), metric('node_pressure').atLeast(1)],
    worse: [metric('client_down_s').atLeast({ times: 1.5, of: 'incident.client_down_s' })],
  },
})
