// An operator is deleted before what it looks after: its finalizers are on a hundred pods, and their addresses are never given back.
import { defineScenario, metric } from '../../harness/index.ts'

const allStuck = { pods: 'fleet', are: 'terminating', atLeast: 'all' } as const
/** By then the incident has been shown for a minute. */
const lateEnough = { ...allStuck, for: '60s' } as const
/** Nothing is stuck any more, and the canary has had its half minute. */
const cleared = { pods: 'fleet', are: 'gone', atLeast: 'all', for: '30s' } as const
/** A remedy that has not worked by then has not worked. */
const longEnough = { after: '135s' } as const

export default defineScenario({
  slug: 'orphaned-finalizers',
  title: 'The operator went first, and its pods hold their addresses',
  story:
    'An operator puts a finalizer on each of its pods. The operator is deleted first, and then its pods: all of them hang in ' +
    'Terminating, since nobody is left to take the finalizer off. Where an address belongs to the pod object, as with branch network ' +
    'interfaces on EKS, they keep their addresses too, and no new pod can start on the node.',
  headline:
    'all {fleet_pods} pods hung in Terminating for {fleet_all_stuck_s}; {addresses_node} of {pool_addresses} addresses were in use, and no new pod could start',
  sources: [
    'https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
    'https://github.com/aws/amazon-vpc-resource-controller-k8s/issues/33',
    'https://www.cni.dev/plugins/current/ipam/host-local/',
  ],
  suite: 'article',
  shape: 'lab',
  arms: {
    control: {
      kind: 'control',
      summary: 'the right order: the pods first, and the operator when they are gone',
      trigger: 'triggers/right-order.sh',
      steps: [{ when: { after: '20s' }, what: 'a canary is deployed', apply: 'triggers/canary.yaml' }],
      until: [cleared],
    },
    incident: {
      kind: 'incident',
      summary: 'the operator first; an address belongs to the pod object',
      until: [{ ...allStuck, for: '70s' }],
    },
    'restore-operator': {
      kind: 'fix',
      summary: 'deploy the operator again, and let its finalizers run',
      steps: [{ when: lateEnough, what: 'remedy: the operator is deployed again', apply: 'manifests/2-operator.yaml' }],
      until: [cleared, longEnough],
      costs: ['only as long as there is somebody who still has the operator, in a version that knows this finalizer'],
    },
    'strip-finalizers': {
      kind: 'fix',
      summary: 'take the finalizers off: lab remedy strip-finalizers',
      steps: [{ when: lateEnough, what: 'remedy: the finalizers are taken off', remedy: 'strip-finalizers' }],
      until: [cleared, longEnough],
      costs: [
        'what the finalizer stands for is never done: here every address stays on record, and somebody has to clean up by hand',
      ],
    },
    'force-delete': {
      kind: 'folk',
      summary: 'kubectl delete --force --grace-period=0',
      steps: [{ when: lateEnough, what: 'remedy: the pods are deleted with force', run: 'remedies/force-delete.sh' }],
      until: [{ ...allStuck, for: '95s' }],
      costs: ['on a node that does not answer, a pod deleted with force may still run'],
    },
    'printed-script': {
      kind: 'folk',
      summary: 'the script as it is printed in the article',
      steps: [{ when: lateEnough, what: 'remedy: the printed script is run', run: 'remedies/printed-script.sh' }],
      until: [{ ...allStuck, for: '95s' }],
      costs: ['where it did match, it would take every finalizer off, whoever set it'],
    },
    'corrected-script': {
      kind: 'fix',
      summary: "the article's script with its two mistakes corrected",
      steps: [{ when: lateEnough, what: 'remedy: the corrected script is run', run: 'remedies/corrected-script.sh' }],
      until: [cleared, longEnough],
      fullOnly: true,
      costs: [
        'it takes every finalizer off a pod that has this one, whoever set the others',
        'a patch for each pod, one after the other',
      ],
    },
    'another-node': {
      kind: 'mitigation',
      summary: 'let the new pod start on another node, which has addresses',
      steps: [{ when: lateEnough, what: 'remedy: the canary is kept off such nodes', run: 'remedies/another-node.sh' }],
      until: [{ ...allStuck, for: '95s' }],
      fullOnly: true,
      costs: [
        'the stuck pods keep every address of their node',
        'the scheduler counts no addresses: without a rule that keeps it off, the pod may get the same node again',
      ],
    },
    'myth-check': {
      kind: 'variant',
      summary: 'the same pods stuck in Terminating, on an ordinary network: an address belongs to the containers',
      difference: 'remedies/containers-own-addresses.yaml',
      until: [{ ...allStuck, for: '70s' }],
      expected: 'not-reproduced',
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'small-pool', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 2 },
    servers: 'app=canary',
    trigger: 'triggers/operator-first.sh',
    steps: [{ when: { after: '20s' }, what: 'a canary is deployed', apply: 'triggers/canary.yaml' }],
    onset: '3s', // the operator goes, then its pods are deleted
    full: { blocks: 6, warmup: '3s', window: '240s', addresses: 100 },
    quick: { blocks: 1, warmup: '3s', window: '150s', addresses: 12, difference: 'quick.yaml' },
    // Outcomes are yes or no, and waited for: a busy host makes them later, not others. Three hundred pods that start on two cores keep
    // the client waiting, too, and a call that is two seconds late still shows whether the canary serves.
    limits: { sendLagP99Ms: 2000, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'stuck-pods': { of: 'fleet' },
    'address-pool': { pool: '/run/incident-lab/pool' },
    'pod-start': { of: 'canary', refusal: 'no IP addresses available in range set' },
    'clean-up-record': { configMap: 'address-book' },
    'client-downtime': {},
    'service-endpoints': { service: 'canary' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('fleet_all_stuck_s').atLeast(60)],
    healthy: [
      metric('fleet_stuck_at_end').atMost(0),
      metric('canary_ready_s').atMost(30),
      metric('addresses_over_baseline').atMost(2),
    ],
    reproduced: [
      metric('pool_used_share').atLeast(0.95),
      metric('canary_refusals').atLeast(1),
      metric('canary_ready_at_end').atMost(0),
    ],
    fixed: [
      metric('fleet_all_stuck_s').atLeast(60),
      metric('fleet_stuck_at_end').atMost(0),
      metric('addresses_over_baseline').atMost(2),
      metric('canary_ready_s').atMost(30),
      metric('served_at_end').atLeast(1),
    ],
    mitigated: [metric('canary_ready_at_end').atLeast(1)],
    worse: [metric('fleet_stuck_at_end').atLeast({ times: 1.5, of: 'incident.fleet_stuck_at_end' })],
  },
})
