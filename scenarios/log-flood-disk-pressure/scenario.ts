// One pod's logs fill the node's disk, and the kubelet evicts its neighbours: what lies on a hostPath belongs to nobody.
import { defineScenario, metric } from '../../harness/index.ts'

const evicted = (pods: string) => ({
  when: { pods, are: 'evicted' as const, for: '3s' },
  what: `remedy: delete the evicted pod of ${pods}`,
  delete: { pods, are: 'evicted' as const },
})

/** The article's emergency response begins with it. */
const culpritDown = {
  when: { node: 'disk-pressure' as const, for: '2s' },
  what: 'remedy: the flooder is scaled to 0',
  run: 'remedies/culprit-down.sh',
}

export default defineScenario({
  slug: 'log-flood-disk-pressure',
  title: "One pod's logs evict its neighbours",
  story:
    'A broken deployment logs 25 MiB a second to /var/log/app of its node. The disk fills, the kubelet finds out, and evicts pods in the ' +
    'order of the bytes it knows of: those of a hostPath are not among them, so pods that did nothing go first, and the one that did it last. ' +
    'The node is tainted meanwhile: nothing new can start there, and the evicted cannot come back.',
  headline:
    '{bystanders_evicted_first} bystander pods were evicted before the flooder, the first after {first_bystander_evicted_s}',
  sources: [
    'https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    'https://kubernetes.io/docs/concepts/storage/ephemeral-storage/',
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  ],
  suite: 'article',
  shape: 'lab',
  podSecurity: 'privileged',
  arms: {
    control: { kind: 'control', summary: 'no flood', until: [{ after: '15s' }] },
    incident: { kind: 'incident', summary: 'the flood goes to a hostPath' },
    'ephemeral-limit': {
      kind: 'fix',
      summary: 'logs in an emptyDir, limits.ephemeral-storage 50Mi',
      difference: 'remedies/ephemeral-limit.yaml',
      until: [],
      costs: [
        'the pod that breaks its limit is evicted, logs and all, and starts again to do the same',
        'the limit is looked at every 10 s: until then a fast flood writes more than it says',
      ],
    },
    'external-volume': {
      kind: 'fix',
      summary: 'logs on a PersistentVolume that is another disk',
      difference: 'remedies/external-volume.yaml',
      until: [],
      costs: ['a disk to pay for and to look after', 'when that one is full the program meets ENOSPC, and its logs are lost'],
    },
    'log-rotation': {
      kind: 'mitigation',
      summary: 'logs to standard output, rotated by the kubelet (5 × 10 MiB)',
      difference: 'remedies/log-rotation.yaml',
      // The flooder comes back with the newcomer, and needs 20 s to fill the disk again.
      until: [{ pods: 'newcomer', are: 'ready', for: '12s' }],
      costs: [
        'rotation looks now and then, by default every 10 s, and renames what is there by then: a fast flood outruns it',
        'while the kubelet compresses what it renamed an eviction frees none of it: a pod that did nothing may be the next',
      ],
    },
    'delete-the-evicted': {
      kind: 'folk',
      summary: 'delete the evicted pods, so that they start again',
      steps: ['orders', 'search', 'mail'].map(evicted),
      until: [{ pods: 'flooder', are: 'evicted', for: '15s' }],
      costs: ['the evidence is gone'],
    },
    'culprit-down': {
      kind: 'folk',
      summary: 'scale the flooder to 0, and leave its logs',
      steps: [culpritDown],
      until: [],
      fullOnly: true,
      costs: ['the logs stay on the disk, and so does the pressure'],
    },
    'culprit-down-logs-removed': {
      kind: 'mitigation',
      summary: 'scale the flooder to 0, and remove its logs from the node',
      steps: [
        culpritDown,
        { when: { pods: 'flooder', are: 'gone' }, what: 'remedy: its logs are removed', apply: 'remedies/remove-logs.yaml' },
      ],
      until: [],
      fullOnly: true,
      costs: [
        'somebody has to know which files they are',
        'the pod that removes them has to be critical to the node: the kubelet admits no other one',
      ],
    },
    'another-node': {
      kind: 'mitigation',
      summary: 'let the evicted service start on another node',
      steps: [{ when: culpritDown.when, what: 'remedy: orders may run on any node', run: 'remedies/any-node.sh' }],
      until: [],
      fullOnly: true,
      costs: ['the flooder follows as soon as it may: the next disk fills, and its pods are evicted, too'],
    },
    'limit-without-move': {
      kind: 'folk',
      summary: 'limits.ephemeral-storage 50Mi, and the logs still go to the hostPath',
      difference: 'remedies/limit-without-move.yaml',
      fullOnly: true,
      costs: ['a limit that counts nothing'],
    },
    'empty-dir': {
      kind: 'variant',
      expected: 'not-reproduced',
      summary: 'the flood goes to an emptyDir without a limit: its bytes are its own',
      difference: 'remedies/empty-dir.yaml',
      fullOnly: true,
      until: [{ pods: 'flooder', are: 'evicted', for: '15s' }],
    },
    'writable-layer': {
      kind: 'variant',
      expected: 'not-reproduced',
      summary: "the flood goes to the container's writable layer: another disk than the kubelet's, here 40 MiB of it",
      difference: 'remedies/writable-layer.yaml',
      fullOnly: true,
      until: [{ after: '40s' }],
    },
  },
  trial: {
    kind: 'episode',
    node: {
      size: 'small-disk',
      kubelet: {
        evictionHard: {
          'memory.available': '100Mi',
          'nodefs.available': '100Mi',
          'nodefs.inodesFree': '0%',
          'imagefs.available': '0%',
        },
        evictionPressureTransitionPeriod: '10s',
        nodeStatusUpdateFrequency: '2s',
        volumeStatsAggPeriod: '2s',
        // Three times what the flood takes. A second rotation compresses what the first renamed, and its bytes stay in use for as long as that
        // takes, evicted or not: by default, every 10 s, the speed of the machine decides who else goes (README.md).
        containerLogMonitorInterval: '60s',
      },
    },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=orders',
    trigger: 'triggers/flooder.yaml',
    steps: [
      { when: { node: 'disk-pressure', for: '2s' }, what: 'a newcomer wants to start there', apply: 'triggers/newcomer.yaml' },
    ],
    until: [{ pods: 'flooder', are: 'evicted', for: '8s' }],
    onset: '28s', // 20 s to fill the disk at 25 MiB/s, up to 10 until the kubelet looks, and the flooder is the last of four
    full: { blocks: 6, warmup: '3s', window: '90s' },
    // Not shorter: with six episodes on two CPUs the first bystander goes after 44 s, and a fix is observed for twice as long.
    quick: { blocks: 1, warmup: '2s', window: '90s' },
    // Outcomes are yes or no, and waited for: a busy host makes them later, not others.
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'client-downtime': {},
    evictions: { culprit: 'flooder' },
    'node-pressure': { condition: 'disk-pressure' },
    scheduling: { of: 'newcomer' },
    'disk-use': { disk: '/run/incident-lab/disk' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('node_pressure').atLeast(1)],
    healthy: [metric('node_pressure').atMost(0), metric('evictions').atMost(0), metric('client_down_s').atMost(0)],
    reproduced: [
      metric('bystanders_evicted_first').atLeast(1),
      metric('newcomer_blocked_by_taint').atLeast(1),
      metric('disk_outside_mib').atMost(50),
    ],
    fixed: [
      metric('node_pressure').atMost(0),
      metric('bystanders_evicted').atMost(0),
      metric('client_down_s').atMost(0),
      metric('disk_outside_mib').atMost(50),
    ],
    observed: [metric('observed_s').atLeast({ times: 2, of: 'incident.first_bystander_evicted_s' })],
    // The service is back without the cause being gone. How many bystanders went meanwhile is a cost: first aid protects none.
    mitigated: [metric('served_at_end').atLeast(1)],
    worse: [metric('bystanders_evicted').atLeast({ times: 2, of: 'incident.bystanders_evicted' })],
  },
})
