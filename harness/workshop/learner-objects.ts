// The API server adds the lab's labels to cluster-wide objects of the learner's account, so that every clean-up finds them. Objects of others
// are listed at the end, and stay.
import { applyInNamespace, isMarked, labelsOf, ownedBy } from '../kube/namespace.ts'
import { isNotFound } from '../kube/client.ts'
import type { Kube, Manifest } from '../kube/client.ts'
import { listObjects } from '../kube/watch.ts'
import { LabError } from '../model/lab-error.ts'
import { namespace } from './staged.ts'

/** The kinds that exercises may permit. */
const kinds = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  { apiVersion: 'v1', kind: 'PersistentVolume' },
]

const rules = [
  { apiGroups: ['scheduling.k8s.io'], apiVersions: ['*'], operations: ['CREATE'], resources: ['priorityclasses'] },
  { apiGroups: [''], apiVersions: ['*'], operations: ['CREATE'], resources: ['persistentvolumes'] },
]

/** A policy of the API server; it lies with the learner's account, in `accounts`, and goes with it. `account`: the learner's user name. */
const policy = (kube: Kube, accounts: string, account: string): Manifest[] => {
  const group = { apiVersion: 'admissionregistration.k8s.io/v1beta1', metadata: { name: accounts } }
  const labels = Object.entries({ ...labelsOf(kube), [ownedBy]: namespace }).map((pair) =>
    pair.map((text) => `"${text}"`).join(': '),
  )
  const expression = `Object{metadata: Object.metadata{labels: {${labels.join(', ')}}}}`
  return [
    {
      ...group,
      kind: 'MutatingAdmissionPolicy',
      spec: {
        matchConstraints: { resourceRules: rules },
        matchConditions: [{ name: 'made-by-the-learner', expression: `request.userInfo.username == "${account}"` }],
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
      },
    },
    { ...group, kind: 'MutatingAdmissionPolicyBinding', spec: { policyName: accounts } },
  ]
}

/** A cluster of another shape may not serve such policies: the learner's cluster-wide objects are then listed, and stay. */
export const labelWhatLearnerMakes = async (kube: Kube, accounts: string, account: string): Promise<void> => {
  try {
    await applyInNamespace(kube, policy(kube, accounts, account), accounts)
  } catch (error) {
    if (!(error instanceof LabError && isNotFound(error.cause))) throw error
  }
}

/** Returns a function that lists new objects of these kinds that clean-up does not remove. */
export const watchForOthers = async (kube: Kube): Promise<() => Promise<readonly string[]>> => {
  const before = new Set((await objectsThere(kube)).map(({ metadata }) => metadata?.uid))
  return async () =>
    (await objectsThere(kube))
      .filter((object) => !before.has(object.metadata?.uid) && !isMarked(kube, object))
      .map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
}

const objectsThere = async (kube: Kube): Promise<readonly Manifest[]> =>
  (await Promise.all(kinds.map(async (each) => (await listObjects(kube, each)).map((object) => ({ ...object, ...each }))))).flat()
