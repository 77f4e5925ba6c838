// A liveness probe asks a dependency: while that is slow, the kubelet restarts pods that serve every request.
import { defineScenario, metric } from '../../harness/index.ts'

export default defineScenario({
  slug: 'liveness-kills-slow',
  title: 'The liveness probe restarts pods that serve',
  story:
    'A service answers from its cache and needs its ledger for nothing that users ask. Its liveness probe asks the ledger all the same. For half a ' +
    'minute the ledger is slow, and the kubelet restarts every pod of the service, again and again: each takes 8 s to start and waits longer ' +
    'before each restart.',
  headline:
    'the kubelet restarted the service {shop_restarts} times; the client was down for {client_down_s}, while only a dependency was slow',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://danielfm.me/post/painless-nginx-ingress/',
  ],
  suite: 'rollouts',
  shape: 'lab',
  arms: {
    control: { kind: 'control', summary: 'the ledger is fast', until: [{ after: '15s' }] },
    incident: { kind: 'incident', summary: 'the ledger is slow for 30 s, and liveness asks it' },
    'shallow-liveness': {
      kind: 'fix',
      summary: 'liveness asks the process alone',
      difference: 'remedies/shallow-liveness.yaml',
      costs: ['that the ledger is slow has to be seen elsewhere: by a metric and its alert'],
    },
    'more-replicas': {
      kind: 'folk',
      summary: '4 pods instead of 2',
      difference: 'remedies/more-replicas.yaml',
      costs: ['twice the pods, and twice the questions to a ledger that is slow'],
    },
    'shorter-period': {
      kind: 'folk',
      summary: 'the liveness probe every second instead of every 3',
      difference: 'remedies/shorter-period.yaml',
      costs: ['three times the questions to a ledger that is slow'],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=shop',
    trigger: 'triggers/slow-ledger.sh',
    steps: [{ when: { after: '30s' }, what: 'the ledger is fast again', run: 'triggers/fast-ledger.sh' }],
    until: [{ after: '60s' }],
    onset: '7s',
    full: { blocks: 6, warmup: '3s', window: '75s' },
    quick: { blocks: 1, warmup: '3s', window: '75s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'container-restarts': { of: 'shop' },
    'client-downtime': {},
    'service-endpoints': { service: 'shop' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('shop_restarts').atLeast(2)],
    healthy: [metric('shop_restarts').atMost(0), metric('client_down_s').atMost(0)],
    reproduced: [metric('client_down_s').atLeast(8), metric('unserved_s').atLeast(5)],
    fixed: [metric('shop_restarts').atMost(0), metric('client_down_s').atMost(0)],
    observed: [metric('observed_s').atLeast(55)],
    mitigated: [metric('client_down_s').atMost({ times: 0.34, of: 'incident.client_down_s' })],
    worse: [metric('client_down_s').atLeast({ times: 3, of: 'incident.client_down_s' })],
  },
})
