// Each rollout drops requests: the pod ends while nodes still send to it.
import { defineScenario, metric } from '../../harness/index.ts'

export default defineScenario({
  slug: 'rollout-drops-requests',
  title: 'Every rollout drops requests',
  story:
    'A Deployment is rolled out by the book: ready pods, none unavailable. And yet some requests fail each time. The API server tells the kubelet ' +
    'and kube-proxy at the same moment that a pod ends; a process that ends at once is gone before the last node has stopped sending to it, and ' +
    'takes the requests with it that it was working on.',
  headline: '{failed_requests} of {requests} requests failed in one rollout of {web_ended} pods',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
  ],
  suite: 'rollouts',
  shape: 'lab',
  arms: {
    control: { kind: 'control', summary: 'no rollout', until: [{ after: '15s' }] },
    incident: { kind: 'incident', summary: 'a rollout of pods that end at once' },
    'pre-stop-sleep': {
      kind: 'fix',
      summary: 'a preStop hook that waits for 5 s before the process gets SIGTERM',
      difference: 'remedies/pre-stop-sleep.yaml',
      costs: [
        'each pod takes 5 s longer to end',
        'requests that take longer than that are still cut off: they need a process that finishes them',
      ],
    },
    'longer-grace-period': {
      kind: 'folk',
      summary: 'terminationGracePeriodSeconds 60',
      difference: 'remedies/longer-grace-period.yaml',
      costs: ['a process that hangs is waited for six times as long'],
    },
    'more-replicas': {
      kind: 'folk',
      summary: '6 pods instead of 3',
      difference: 'remedies/more-replicas.yaml',
      costs: ['twice the pods, of which each drops its share'],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 40 },
    servers: 'app=web',
    trigger: 'triggers/rollout.sh',
    until: [{ after: '45s' }],
    onset: '2s',
    full: { blocks: 6, warmup: '3s', window: '60s' },
    quick: { blocks: 1, warmup: '3s', window: '60s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'replaced-pods': { of: 'web' },
    'client-downtime': {},
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('web_ended').atLeast(3)],
    healthy: [metric('failed_requests').atMost(0)],
    reproduced: [metric('failed_requests').atLeast(3)],
    fixed: [metric('web_ended').atLeast(3), metric('failed_requests').atMost(0)],
    mitigated: [metric('failed_requests').atMost({ times: 0.34, of: 'incident.failed_requests' })],
    worse: [metric('failed_requests').atLeast({ times: 4, of: 'incident.failed_requests' })],
  },
})
