// A service fails every request since its database was moved, and all its pods are ready.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    '`shop` answers every request of `client` with HTTP 503, 5 a second, since the database was moved from `db-blue` to ' +
    '`db-green` as planned. Both pods of `shop` are ready, none has restarted, and `db-green` is up. Requests have to ' +
    'succeed again. The database team will change address and login again, in `database`, with kubectl and without a word ' +
    'to anybody: within 15 s `shop` has to use what it says there, and an edit that changes neither may replace no pod.',
  hints: [
    'Compare what is configured with what the process uses: `kubectl get configmap database -o yaml`, `kubectl exec ' +
      'deploy/shop -- cat /config/DB_HOST`, `kubectl exec deploy/shop -- printenv DB_HOST`, and `kubectl logs deploy/shop ' +
      '--tail 20`. How it gets there is in `kubectl get deployment shop -o yaml`.',
    'The ConfigMap and the mounted file say db-green, the environment says db-blue, and the log says "Database connection ' +
      'failed" with the address of `db-blue`. In a healthy `shop` what the process uses is what the ConfigMap says. ' +
      'CONFIG_FROM in the Deployment says which of the two it reads.',
    'A process is given its environment once, when it starts. A mounted ConfigMap follows within seconds here, but a ' +
      'process that read the file at its start does not look again, and a file that is mounted by subPath never follows. ' +
      'Nothing restarts the pods, since their readiness does not ask the database. So either the process reads again ' +
      '(workloads/db-reader/README.md says what CONFIG_FROM may be), or something replaces the pods at each change (the ' +
      'image incident-lab/reloader:current is on the nodes; see workloads/config-reloader/README.md).',
  ],
  solution: 'reloader',
  remember: [
    'A process is given its environment once; a mounted ConfigMap follows within the syncFrequency of the kubelet, a minute ' +
      'by default, and a file mounted by subPath never.',
    'That a file follows does not mean that the process does: it has to read again, or to be replaced.',
    'A restart by hand repairs the change of today: a change has to bring its rollout with it, by a controller or by a name ' +
      'that follows from the content.',
    'Readiness says that a pod answers, not with which configuration: let a service say what it uses, and compare.',
  ],
  story: {
    broken: { after: '8s' },
    check: { again: 'hot-reload', before: [{ run: 'triggers/as-before.sh' }] },
  },
})
