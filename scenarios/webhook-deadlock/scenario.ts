// A webhook that must be asked before any pod is created loses its own pods: they would have to be admitted by it.
import { defineScenario, metric } from '../../harness/index.ts'

/** The webhook is registered within some seconds of 0 s. */
const lost = { after: '15s' }
const remedied = { after: '22s' }

export default defineScenario({
  slug: 'webhook-deadlock',
  title: 'The webhook has to admit its own pods',
  story:
    'An admission webhook has to be asked before a pod is created, and with failurePolicy Fail no answer means no. Its own pods are no exception. ' +
    'When they are all gone at once, as with their node, none can be created again: not theirs, and not those of any service in its reach.',
  headline: 'after its pods were gone the webhook admitted nothing; the service was down for {client_down_s}, until the end',
  sources: [
    'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  ],
  suite: 'rollouts',
  shape: 'lab',
  arms: {
    control: {
      kind: 'control',
      summary: 'a pod of the service ends while the webhook runs',
      trigger: 'triggers/register.sh',
      steps: [{ when: lost, what: 'the pod of shop ends', run: 'triggers/lose-shop.sh' }],
    },
    incident: { kind: 'incident', summary: 'the pods of the webhook end together with that of the service' },
    'except-itself': {
      kind: 'fix',
      summary: 'an objectSelector that excepts the pods of the webhook',
      difference: 'remedies/except-itself.yaml',
      costs: ['the pods of the webhook itself are not checked', 'other pods still wait until it is back'],
    },
    'failure-policy-ignore': {
      kind: 'fix',
      summary: 'failurePolicy Ignore',
      difference: 'remedies/failure-policy-ignore.yaml',
      costs: ['while it is down everything is admitted, also what it exists to refuse'],
    },
    'delete-the-configuration': {
      kind: 'fix',
      summary: 'delete the ValidatingWebhookConfiguration',
      steps: [{ when: remedied, what: 'remedy: its configuration is deleted', run: 'remedies/delete-configuration.sh' }],
      costs: ['nothing is checked until somebody registers it again'],
    },
    restart: {
      kind: 'folk',
      summary: 'kubectl rollout restart of both Deployments',
      steps: [{ when: remedied, what: 'remedy: both are restarted', run: 'remedies/restart.sh' }],
      costs: ['new pods that are refused like those before'],
    },
    'more-replicas': {
      kind: 'folk',
      summary: '3 pods of the webhook',
      steps: [{ when: remedied, what: 'remedy: a third pod of the webhook', run: 'remedies/more-replicas.sh' }],
      costs: ['one more pod that is refused'],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=shop',
    trigger: 'triggers/register.sh',
    steps: [{ when: lost, what: 'the pods of the webhook are gone, and that of shop', run: 'triggers/lose-all.sh' }],
    // After 40 s without success the ReplicaSet controller waits 40 s for its next attempt: it doubles its pause each time.
    until: [{ after: '85s' }],
    onset: '16s',
    full: { blocks: 6, warmup: '3s', window: '100s' },
    quick: { blocks: 1, warmup: '3s', window: '100s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'refused-creations': {},
    'client-downtime': {},
    'service-endpoints': { service: 'shop' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('refused_creations').atLeast(1)],
    healthy: [metric('refused_creations').atMost(0), metric('served_at_end').atLeast(1), metric('longest_down_s').atMost(15)],
    reproduced: [metric('served_at_end').atMost(0), metric('client_down_s').atLeast(50), metric('unserved_s').atLeast(50)],
    fixed: [metric('served_at_end').atLeast(1), metric('client_down_s').atMost({ times: 0.8, of: 'incident.client_down_s' })],
    observed: [metric('observed_s').atLeast(80)],
    mitigated: [metric('client_down_s').atMost({ times: 0.75, of: 'incident.client_down_s' })],
    worse: [metric('client_down_s').atLeast({ times: 2, of: 'incident.client_down_s' })],
  },
})
