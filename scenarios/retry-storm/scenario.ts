// A service is slow for a moment, its callers retry, and the retries keep it overloaded when the moment is long over: a metastable failure.
import { defineScenario, metric } from '../../harness/index.ts'

export default defineScenario({
  slug: 'retry-storm',
  title: 'The slow moment is over, and its retries are not',
  story:
    'A backend that can answer 25 requests a second is asked 10, and for 6 s it is slow. Its caller gives each attempt a second and makes four of them. ' +
    'From then on the backend is asked up to 40 times a second, and works on requests that nobody waits for any more. It is as fast as ever, ' +
    'and almost no request is answered.',
  headline: 'the backend was slow for 6 s; from 26 s on {goodput_after} of the requests were answered',
  sources: [
    'https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  suite: 'overload',
  shape: 'lab',
  arms: {
    control: {
      kind: 'control',
      summary: 'the backend is never slow, and retries have a budget',
      difference: 'remedies/retry-budget.yaml',
      until: [{ after: '40s' }],
    },
    incident: { kind: 'incident', summary: 'slow for 6 s; four attempts for each request' },
    'retry-budget': {
      kind: 'fix',
      summary: 'a retry for every tenth request, on average',
      difference: 'remedies/retry-budget.yaml',
      costs: ['requests fail that a retry would have saved, once the budget is used up'],
    },
    'load-shedding': {
      kind: 'fix',
      summary: 'the backend refuses a request when five are waiting',
      difference: 'remedies/load-shedding.yaml',
      costs: ['a short burst that the queue would have carried is refused', 'the limit has to fit what callers wait for'],
    },
    'more-frontends': {
      kind: 'folk',
      summary: '3 frontends instead of 1',
      difference: 'remedies/more-frontends.yaml',
      costs: ['three times the pods, and as many retries'],
    },
    'longer-time-out': {
      kind: 'folk',
      summary: 'a second and a half for each attempt instead of one',
      difference: 'remedies/longer-time-out.yaml',
      costs: ['users wait longer for the same error'],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 10 },
    servers: 'app=backend',
    trigger: 'triggers/slow-backend.sh',
    steps: [{ when: { after: '6s' }, what: 'the backend is fast again', run: 'triggers/fast-backend.sh' }],
    until: [{ after: '55s' }],
    onset: '1s',
    full: { blocks: 6, warmup: '3s', window: '70s' },
    quick: { blocks: 1, warmup: '3s', window: '70s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    goodput: { afterSeconds: 26 },
    'client-downtime': {},
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('client_down_s').atLeast(3)],
    // A pause of the machine may cost a control some seconds; what it must not have is a storm.
    healthy: [metric('goodput_after').atLeast(0.98), metric('goodput_at_end').atLeast(0.98)],
    reproduced: [metric('goodput_after').atMost(0.5), metric('goodput_at_end').atMost(0.5)],
    fixed: [metric('goodput_after').atLeast(0.95)],
    mitigated: [metric('goodput_at_end').atLeast(0.9)],
    worse: [metric('failed_requests').atLeast({ times: 2, of: 'incident.failed_requests' })],
  },
})
