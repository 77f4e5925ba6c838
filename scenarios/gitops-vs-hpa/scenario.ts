// Git names a number of replicas that the autoscaler owns: each sync takes the service's pods away.
import { defineScenario, metric } from '../../harness/index.ts'

const sync = { what: 'the controller syncs again, without a commit', run: 'triggers/sync.sh', args: ['self-heal'] }
const syncs = [
  { when: { after: '25s' }, ...sync },
  { when: { after: '50s' }, ...sync },
]
const addOns = ['metrics-server']

export default defineScenario({
  slug: 'gitops-vs-hpa',
  title: 'Each sync from Git takes the pods away that the autoscaler added',
  story:
    'A HorizontalPodAutoscaler keeps a service at four pods, of which it needs three. The manifest in Git says replicas: 1, as it did before there was ' +
    'an autoscaler, or since somebody applied it by hand once. Each sync of the GitOps controller writes that number over the one of the autoscaler, ' +
    'which needs up to 15 s to write its own again, and some more until the pods serve. Then comes the next sync.',
  headline:
    'the service had too few pods {web_dips} times, for {web_short_s} in all: {failed_requests} of {requests} requests failed',
  sources: [
    'https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents',
    'https://github.com/argoproj/argo-cd/issues/5105',
    'https://github.com/kubernetes/kubernetes/issues/25238',
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  ],
  suite: 'article',
  shape: 'lab',
  arms: {
    control: {
      kind: 'control',
      summary: 'Git does not name replicas, and never did',
      difference: 'control.yaml',
      trigger: 'triggers/sync.sh',
      steps: syncs,
      addOns,
    },
    incident: { kind: 'incident', summary: 'Git says replicas: 1, and is applied three times', addOns },
    'server-side-apply': {
      kind: 'fix',
      summary: 'no replicas in Git, and kubectl apply --server-side',
      difference: 'remedies/server-side-apply.yaml',
      costs: ['a conflict with another owner of a field stops the sync until somebody decides'],
      addOns,
    },
    'last-applied-repaired': {
      kind: 'fix',
      summary: 'no replicas in Git, nor in the annotation last-applied-configuration',
      difference: ['remedies/field-removed.yaml', 'remedies/last-applied-repaired.yaml'],
      costs: ['somebody has to do it for every Deployment, before the commit that removes the field'],
      addOns,
    },
    'server-side-conflict': {
      kind: 'fix',
      summary: 'kubectl apply --server-side, while Git still says replicas: 1',
      difference: 'remedies/server-side-conflict.yaml',
      costs: ['the API server refuses the whole sync: nothing of the commit reaches the cluster'],
      addOns,
    },
    'server-side-no-owner': {
      kind: 'mitigation',
      summary: 'kubectl apply --server-side; Git says replicas: 1, and no manifest did before',
      difference: ['remedies/server-side-conflict.yaml', 'remedies/never-deployed-with-it.yaml'],
      costs: [
        'the first sync is not refused: the API server recorded no owner when the autoscaler set a field that nobody owned',
      ],
      addOns,
    },
    'field-removed': {
      kind: 'mitigation',
      summary: 'no replicas in Git',
      difference: 'remedies/field-removed.yaml',
      costs: ['the sync that removes the field sets it to its default, which is 1: one last dip'],
      addOns,
    },
    'self-heal-off': {
      kind: 'mitigation',
      summary: 'the controller syncs at a commit only',
      difference: 'remedies/self-heal-off.yaml',
      costs: ['each commit still takes the pods away', 'nobody repairs what was changed by hand'],
      addOns,
    },
    'kubectl-scale': {
      kind: 'folk',
      summary: 'kubectl scale to 4 pods, after the first sync',
      steps: [{ when: { after: '6s' }, what: 'remedy: kubectl scale', run: 'remedies/scale.sh' }],
      costs: ['the next sync undoes it'],
      addOns,
    },
    'higher-minimum': {
      kind: 'folk',
      summary: 'minReplicas 3 for the autoscaler',
      difference: 'remedies/higher-minimum.yaml',
      costs: ['three pods at night, too'],
      addOns,
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'ordinary', kubelet: {} },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=web',
    settled: [{ pods: 'web', are: 'ready', atLeast: 4, for: '4s' }],
    trigger: 'triggers/sync.sh',
    steps: syncs,
    until: [{ after: '74s' }],
    onset: '2s',
    full: { blocks: 6, warmup: '3s', window: '90s' },
    quick: { blocks: 1, warmup: '3s', window: '90s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'ready-pods': { of: 'web', needed: 3 },
    'client-downtime': {},
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('web_fewest').atMost(1)],
    healthy: [metric('web_dips').atMost(0), metric('failed_requests').atMost({ times: 0.02, of: 'requests' })],
    reproduced: [metric('web_dips').atLeast(3), metric('failed_requests').atLeast({ times: 0.05, of: 'requests' })],
    fixed: [metric('web_dips').atMost(0), metric('failed_requests').atMost({ times: 0.02, of: 'requests' })],
    observed: [metric('observed_s').atLeast(70)],
    mitigated: [metric('web_dips').atMost({ times: 0.5, of: 'incident.web_dips' })],
    worse: [metric('failed_requests').atLeast({ times: 2.5, of: 'incident.failed_requests' })],
  },
})
