// The learner's changes: objects of the exercise's namespace and cluster-wide ones, compared with their state at the incident.
import { isDeepStrictEqual } from 'node:util'
import { nameOf } from '../kube/client.ts'
import type { Kube, Manifest } from '../kube/client.ts'
import { listObjects } from '../kube/watch.ts'

const kinds: readonly (readonly [string, ...string[]])[] = [
  ['v1', 'ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'PersistentVolumeClaim', 'Pod', 'ResourceQuota', 'LimitRange'],
  ['apps/v1', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  ['batch/v1', 'Job', 'CronJob'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'RoleBinding'],
]

const clusterKinds: readonly (readonly [string, ...string[]])[] = [
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['v1', 'PersistentVolume'],
]

/** Written fields by name, such as Deployment/server, without the cluster's additions. */
export type Objects = ReadonlyMap<string, unknown>

/** Skips owned objects, which follow from their owner. */
export const readObjects = async (kube: Kube, namespace: string): Promise<Objects> => {
  const selections = [
    ...kinds.flatMap(([apiVersion, ...names]) => names.map((kind) => ({ apiVersion, kind, namespace }))),
    ...clusterKinds.flatMap(([apiVersion, ...names]) => names.map((kind) => ({ apiVersion, kind }))),
  ]
  const found = await Promise.all(
    selections.map(async (selection) =>
      (await listObjects(kube, selection)).map((object) => ({ ...object, kind: selection.kind })),
    ),
  )
  const own = found.flat().filter(({ metadata }) => (metadata?.ownerReferences ?? []).length === 0)
  return new Map(own.map((object): [string, unknown] => [nameOf(object), written(object)]))
}

/** Annotations and labels that clusters, kubectl and the lab set by themselves. */
const notWritten =
  /^(deployment\.kubernetes\.io|kubectl\.kubernetes\.io\/last-applied|pv\.kubernetes\.io|volume\.kubernetes\.io|incident-lab\/|app\.kubernetes\.io\/managed-by)/

/** Fields that a recreated Job generates. */
const ofController = /(^|\/)controller-uid$/

/** The written fields of an object. */
export const written = ({ kind: _kind, apiVersion: _apiVersion, metadata, status: _status, ...rest }: Manifest): unknown => {
  const kept = (words: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(words).filter(([name]) => !notWritten.test(name)))
  const all = { labels: kept(metadata?.labels), annotations: kept(metadata?.annotations), ...rest }
  return JSON.parse(JSON.stringify(all, (field, value: unknown) => (ofController.test(field) ? undefined : value)))
}

/** A line for each created, changed or deleted object, followed by its changes; empty: no changes. */
export const changesIn = (before: Objects, after: Objects): string[] => [
  ...[...after].filter(([name]) => !before.has(name)).map(([name]) => `made ${name}`),
  ...[...after].flatMap(([name, now]) => {
    const then = before.get(name)
    if (then === undefined || isDeepStrictEqual(then, now)) return []
    return [`changed ${name}`, ...fieldsChanged(then, now).map((field) => `  ${field}`)]
  }),
  ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `deleted ${name}`),
]

const fieldsChanged = (then: unknown, now: unknown, path = ''): string[] => {
  if (isDeepStrictEqual(then, now)) return []
  if (!isMap(then) || !isMap(now)) return [`${path}: ${short(then)} → ${short(now)}`]
  const fields = new Set([...Object.keys(then), ...Object.keys(now)])
  return [...fields].flatMap((field) => fieldsChanged(then[field], now[field], path === '' ? field : `${path}.${field}`))
}

/** Includes lists, whose fields are numbers. */
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** The earlier objects, plus the lab's own changes since: objects that the learner had not touched take their current state. */
export const withOwnChanges = (before: Objects, untilThen: Objects, now: Objects): Objects => {
  const names = new Set([...before.keys(), ...now.keys()])
  const isUntouched = (name: string): boolean => isDeepStrictEqual(before.get(name), untilThen.get(name))
  return new Map(
    [...names].flatMap((name): [string, unknown][] => {
      const known = isUntouched(name) ? now : before
      return known.has(name) ? [[name, known.get(name)]] : []
    }),
  )
}
