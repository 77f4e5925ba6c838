// Permissions of the learner: everything in the exercise's namespace, reading nodes, and what else the repair needs.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stringify } from 'yaml'
import type { Cluster } from '../cluster/provider.ts'
import { applyInNamespace, createNamespace } from '../kube/namespace.ts'
import type { Manifest } from '../kube/client.ts'
import type { Exercise } from '../model/exercise.ts'
import { writeWhole } from '../write-whole.ts'
import { labelWhatLearnerMakes } from './learner-objects.ts'
import { namespace } from './staged.ts'

/** The learner's account has its own namespace, which outlives that of the exercise. */
const accounts = 'lab-learner'
const learner = { kind: 'ServiceAccount', name: 'learner', namespace: accounts }
const group = 'rbac.authorization.k8s.io'

const look = ['get', 'list', 'watch']

const clusterWide = ({ rights }: Pick<Exercise, 'rights'>): Manifest[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: learner.name } },
  {
    apiVersion: `${group}/v1`,
    kind: 'ClusterRole',
    metadata: { name: accounts },
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: look },
      { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs: look },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: look },
      ...rights,
    ],
  },
  binding('ClusterRoleBinding', accounts, accounts),
]

const binding = (kind: 'RoleBinding' | 'ClusterRoleBinding', name: string, role: string): Manifest => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name },
  roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
  subjects: [learner],
})

/** Longer than any workshop, in seconds. */
const validSeconds = 24 * 3600

/** Creates the learner's account, and writes its kubeconfig. */
export const giveAccess = async ({ kube }: Cluster, exercise: Exercise, file: string): Promise<void> => {
  await createNamespace(kube, accounts)
  await applyInNamespace(kube, clusterWide(exercise), accounts)
  await labelWhatLearnerMakes(kube, accounts, `system:serviceaccount:${accounts}:${learner.name}`)
  const { name } = learner
  const { status } = await kube.core.createNamespacedServiceAccountToken({
    name,
    namespace: accounts,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [], expirationSeconds: validSeconds },
    },
  })
  const { server, caData } = kube.config.getCurrentCluster() ?? {}
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'exercise',
    contexts: [{ name: 'exercise', context: { cluster: 'exercise', user: name, namespace } }],
    clusters: [{ name: 'exercise', cluster: { server, 'certificate-authority-data': caData } }],
    users: [{ name, user: { token: status?.token } }],
  }
  await mkdir(dirname(file), { recursive: true })
  await writeWhole(file, stringify(kubeconfig), 0o600)
}

/** Gives the learner full access to the exercise's namespace. Repeated whenever that namespace is recreated. */
export const openNamespace = ({ kube }: Cluster): Promise<void> =>
  applyInNamespace(kube, [binding('RoleBinding', 'learner', 'cluster-admin')], namespace)
