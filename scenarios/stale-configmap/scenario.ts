// The database moves and its ConfigMap is changed, but the process goes on with what it was given when it started.
import { defineScenario, metric } from '../../harness/index.ts'

const after = (seconds: number) => ({ after: `${seconds}s` })

/** Further steps of a fix's episode: an edit that changes nothing, and a second change. */
const furtherChanges = (configure: { run: string }, edit: { run: string; args?: string[] }) => [
  { when: after(20), what: 'an edit of the configuration that changes nothing of what is in it', ...edit },
  { when: after(30), what: 'a new login is made', run: 'triggers/new-login.sh', args: ['shop', 'shop2'] },
  { when: after(30), what: 'second change: the new login', run: configure.run, args: ['db-green', 'shop2'] },
  { when: after(32), what: 'the old login ends', run: 'triggers/old-login-ends.sh', args: ['shop'] },
]
const plainly = { run: 'triggers/configure.sh' }
const plainEdit = { run: 'triggers/edit-nothing.sh' }

export default defineScenario({
  slug: 'stale-configmap',
  title: 'The configuration changed, and the process did not',
  story:
    'The database moves. Its ConfigMap is changed, and the old database is stopped. The pods keep what they were given when they ' +
    'started, and fail every request with "Database connection failed" until somebody restarts them. Nothing restarts them: they are ' +
    'ready all the while.',
  headline:
    'the pods went on with the old configuration for {stale_s}, until the end, and {failed_while_stale} of the requests failed meanwhile',
  sources: [
    'https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents',
    'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
    'https://github.com/stakater/Reloader',
    'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/',
  ],
  suite: 'article',
  shape: 'lab',
  images: ['incident-lab/postgres', 'incident-lab/reloader'],
  arms: {
    control: {
      kind: 'control',
      summary: 'whoever changes the configuration restarts the pods before the old database goes',
      trigger: 'triggers/configure.sh',
      steps: [
        { when: after(1), what: 'the pods are restarted: kubectl rollout restart', run: 'remedies/restart.sh' },
        { when: after(15), what: 'the old database is stopped', run: 'triggers/stop-blue.sh' },
      ],
      until: [after(30)],
    },
    incident: { kind: 'incident', summary: 'the configuration in the environment of the process' },
    reloader: {
      kind: 'fix',
      summary: 'a controller restarts the pods when their ConfigMap changes',
      difference: 'remedies/reloader.yaml',
      steps: [
        ...furtherChanges(plainly, plainEdit),
        { when: after(45), what: 'the reloader is stopped', run: 'remedies/reloader-down.sh' },
        { when: after(46), what: 'another login is made', run: 'triggers/new-login.sh', args: ['shop2', 'shop3'] },
        { when: after(46), what: 'third change, while the reloader is down', ...plainly, args: ['db-green', 'shop3'] },
        { when: after(47), what: 'the reloader comes back', run: 'remedies/reloader-up.sh' },
        { when: after(48), what: 'the login before ends', run: 'triggers/old-login-ends.sh', args: ['shop2'] },
      ],
      until: [after(90)],
      costs: ['a controller that may change every Deployment it watches', 'requests fail until the last old pod is replaced'],
    },
    'reloader-default-flags': {
      kind: 'trade-off',
      expected: 'harmed',
      summary: 'the same controller without --sync-after-restart, as by default: a change made while it is down is lost',
      difference: ['remedies/reloader.yaml', 'remedies/default-flags.yaml'],
      steps: [
        { when: after(15), what: 'the reloader is stopped', run: 'remedies/reloader-down.sh' },
        { when: after(16), what: 'a new login is made', run: 'triggers/new-login.sh', args: ['shop', 'shop2'] },
        { when: after(16), what: 'second change, while the reloader is down', ...plainly, args: ['db-green', 'shop2'] },
        { when: after(17), what: 'the reloader comes back', run: 'remedies/reloader-up.sh' },
        { when: after(18), what: 'the login before ends', run: 'triggers/old-login-ends.sh', args: ['shop'] },
      ],
      until: [after(45)],
      fullOnly: true,
      costs: ['a drain of the node that the reloader runs on is enough to lose a change'],
    },
    'hashed-name': {
      kind: 'fix',
      summary: 'a name that follows from the content: kustomize’s configMapGenerator',
      trigger: 'remedies/hashed-name.sh',
      steps: furtherChanges(
        { run: 'remedies/hashed-name.sh' },
        { run: 'remedies/hashed-name.sh', args: ['db-green', 'shop', 'reviewed'] },
      ),
      until: [after(55)],
      costs: ['only where every change goes through kustomize', 'old ConfigMaps stay until somebody prunes them'],
    },
    'hot-reload': {
      kind: 'fix',
      summary: 'the process reads the mounted files for each connection',
      difference: 'remedies/hot-reload.yaml',
      steps: furtherChanges(plainly, plainEdit),
      until: [after(55)],
      costs: [
        'code in every service',
        'as late as the kubelet: up to its syncFrequency, a minute by default, and the cache’s delay',
      ],
    },
    'wait-for-sync': {
      kind: 'folk',
      summary: 'mount it as files, which the kubelet updates, and wait; the process read them when it started',
      difference: 'remedies/wait-for-sync.yaml',
    },
    secret: {
      kind: 'variant',
      expected: 'reproduced',
      summary: 'the same in a Secret',
      difference: 'remedies/secret.yaml',
      until: [after(45)],
      fullOnly: true,
    },
    'secret-reloader': {
      kind: 'fix',
      summary: 'a Secret, and the controller that restarts the pods when it changes',
      difference: ['remedies/secret.yaml', 'remedies/reloader.yaml'],
      steps: furtherChanges(plainly, plainEdit),
      until: [after(55)],
      fullOnly: true,
      costs: ['a controller that may read every Secret it watches'],
    },
    'one-forgotten': {
      kind: 'trade-off',
      expected: 'harmed',
      summary: 'restarted by hand, and one of the two Deployments that read the ConfigMap is forgotten',
      difference: 'remedies/second-deployment.yaml',
      steps: [{ when: after(1), what: 'one of the Deployments is restarted', run: 'remedies/restart.sh' }],
      until: [after(45)],
      fullOnly: true,
      costs: ['a list of what reads each ConfigMap, kept by hand'],
    },
    'subpath-mount': {
      kind: 'folk',
      summary: 'read the files anew each time, mounted by subPath: the kubelet never updates those',
      difference: 'remedies/subpath-mount.yaml',
    },
  },
  trial: {
    kind: 'episode',
    node: {
      size: 'ordinary',
      // Every minute by default: a mounted ConfigMap follows within seconds here, so that episodes can be short.
      kubelet: { syncFrequency: '5s' },
    },
    load: { pod: 'app=client', program: 'http-load', rateRps: 5 },
    servers: 'app=shop',
    trigger: 'triggers/configure.sh',
    steps: [{ when: after(2), what: 'the old database is stopped', run: 'triggers/stop-blue.sh' }],
    full: { blocks: 6, warmup: '5s', window: '130s' },
    quick: { blocks: 1, warmup: '4s', window: '75s' },
    limits: { sendLagP99Ms: 500, achievedRateRatio: 0.98, hostSteal: 0.5, hostOthers: 0.8 },
  },
  probes: {
    'values-in-use': {
      of: 'shop',
      container: 'shop',
      configuration: 'app=database',
      keys: ['DB_HOST', 'DB_USER'],
      folder: 'CONFIG_FOLDER',
      port: 8080,
      fields: ['host', 'user'],
    },
    'log-lines': {
      pods: 'app=shop',
      container: 'shop',
      lines: {
        connection_failed_lines: 'Database connection failed',
        unavailable_lines: 'Database unavailable after retrying 5 times',
      },
    },
    'client-downtime': {},
    'service-endpoints': { service: 'shop' },
    'request-latency': {},
    'load-generator': {},
  },
  expect: {
    fault: [metric('config_changes').atLeast(1)],
    healthy: [
      metric('changes_missed').atMost(0),
      metric('client_down_s').atMost(0),
      metric('success_after_adoption').atLeast(0.8),
    ],
    reproduced: [
      metric('changes_missed').atLeast(1),
      metric('stale_s').atLeast({ times: 0.9, of: 'observed_s' }),
      metric('failed_while_stale').atLeast(0.95),
      metric('connection_failed_lines').atLeast(1),
      metric('pods_replaced').atMost(0),
      metric('unserved_s').atMost(0),
    ],
    fixed: [
      metric('config_changes').atLeast(2),
      metric('changes_missed').atMost(0),
      metric('first_adopted_s').atMost(15),
      metric('noop_updates').atLeast(1),
      metric('unneeded_replacements').atMost(0),
      // Of two pods, one that is stale would fail half of them, and of three a third. On a busy host, 11 of 100 missed their deadline.
      metric('success_after_adoption').atLeast(0.8),
    ],
    mitigated: [metric('changes_missed').atMost(0)],
    worse: [metric('client_down_s').atLeast({ times: 1.5, of: 'incident.client_down_s' })],
    // Of three pods, one that is stale fails a third of the requests.
    harmed: [metric('changes_missed').atLeast(1), metric('failed_while_stale').atLeast(0.2)],
  },
})
