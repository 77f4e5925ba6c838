// Decides that the plan follows from what is seen: what is created, deleted, recorded, let go and reported, and what is left alone.
import type { V1ContainerState, V1Pod } from '@kubernetes/client-node'
import { describe, expect, test } from 'vitest'
import { finalizer, fleetLabel, fleetType } from './fleet.ts'
import type { Fleet } from './fleet.ts'
import { plan } from './plan.ts'
import type { Action } from './plan.ts'

const now = new Date('2026-01-01T00:00:00Z')
const running: V1ContainerState = { running: {} }
const terminated: V1ContainerState = { terminated: { exitCode: 0 } }

interface PodFacts {
  readonly state?: V1ContainerState
  readonly finalizers?: string[]
  readonly isDeleted?: boolean
}

const fleet = (pods: number): Fleet => ({
  ...fleetType,
  metadata: { name: 'web', uid: 'fleet-1', generation: 2 },
  spec: { pods, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web' }] } } },
})

const pod = (index: number, { state = running, finalizers = [finalizer], isDeleted = false }: PodFacts = {}): V1Pod => ({
  metadata: {
    name: `web-${index}`,
    uid: `pod-${index}`,
    labels: { [fleetLabel]: 'web' },
    ownerReferences: [{ ...fleetType, name: 'web', uid: 'fleet-1' }],
    finalizers,
    ...(isDeleted && { deletionTimestamp: now }),
  },
  status: {
    phase: 'Running',
    podIP: `10.0.0.${index}`,
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'web', state, image: '', imageID: '', ready: true, restartCount: 0 }],
  },
})

const bookOf = (pods: readonly V1Pod[]) => Object.fromEntries(pods.map(({ metadata, status }) => [metadata?.name, status?.podIP]))

const actions = (fleets: readonly Fleet[], pods: readonly V1Pod[], addressBook = bookOf(pods)): readonly Action[] =>
  plan({ fleets, pods, addressBook }, now)

const podsOf = (planned: readonly Action[], kind: Action['kind']): readonly string[] =>
  planned.flatMap((action) => (action.kind === kind && 'pod' in action ? [action.pod] : []))

describe('how many pods', () => {
  test('every pod that is missing is created', () => {
    expect(podsOf(actions([fleet(3)], [pod(1)]), 'create')).toEqual(['web-0', 'web-2'])
  })

  test('a pod is created with the labels of the template, its owner and the finalizer', () => {
    const [created] = actions([fleet(1)], []).filter(({ kind }) => kind === 'create')
    expect(created).toMatchObject({
      manifest: {
        metadata: {
          name: 'web-0',
          labels: { app: 'web', [fleetLabel]: 'web' },
          finalizers: [finalizer],
          ownerReferences: [{ kind: 'Fleet', uid: 'fleet-1', controller: true }],
        },
        spec: { containers: [{ name: 'web' }] },
      },
    })
  })

  test('a pod on its way out keeps its name until its object is gone', () => {
    expect(podsOf(actions([fleet(1)], [pod(0, { isDeleted: true })]), 'create')).toEqual([])
  })

  test('pods above the number are deleted, highest first', () => {
    expect(
      podsOf(
        actions(
          [fleet(1)],
          [0, 2, 10, 9].map((index) => pod(index)),
        ),
        'delete',
      ),
    ).toEqual(['web-10', 'web-9', 'web-2'])
  })

  test('a pod that is being deleted is not deleted again', () => {
    expect(podsOf(actions([fleet(0)], [pod(0, { isDeleted: true })]), 'delete')).toEqual([])
  })

  test('a Fleet that is being deleted gets no pods', () => {
    const leaving = fleet(2)
    expect(actions([{ ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: now } }], [])).toEqual([])
  })

  test('pods of nobody are left alone', () => {
    expect(actions([], [{ metadata: { name: 'other-0', finalizers: [finalizer], deletionTimestamp: now } }])).toEqual([])
  })
})

describe('letting go', () => {
  const deleted = { isDeleted: true, state: terminated }

  test('a pod that is being deleted is let go when its containers have ended', () => {
    expect(actions([fleet(1)], [pod(0, deleted)])[0]).toEqual({ kind: 'finalize', pod: 'web-0', uid: 'pod-0', finalizerIndex: 0 })
  })

  test('also when its Fleet is gone', () => {
    expect(podsOf(actions([], [pod(0, deleted), pod(1, deleted)]), 'finalize')).toEqual(['web-0', 'web-1'])
  })

  test('also when no container ever began', () => {
    expect(podsOf(actions([], [pod(0, { isDeleted: true, state: { waiting: {} } })]), 'finalize')).toEqual(['web-0'])
  })

  test('not while a container runs', () => {
    expect(actions([], [pod(0, { isDeleted: true })])).toEqual([])
  })

  test('not when nobody has deleted it', () => {
    expect(podsOf(actions([fleet(1)], [pod(0, { state: terminated })]), 'finalize')).toEqual([])
  })

  test('the finalizers of others are not meant', () => {
    expect(actions([], [pod(0, { ...deleted, finalizers: ['a/b', 'c/d'] })])).toEqual([])
    const among = actions([], [pod(0, { ...deleted, finalizers: ['a/b', finalizer, 'c/d'] })])
    expect(among).toMatchObject([{ kind: 'finalize', finalizerIndex: 1 }])
  })

  test('it comes before everything else', () => {
    expect(actions([fleet(2)], [pod(5), pod(0, deleted)], {}).map(({ kind }) => kind)).toEqual([
      'finalize',
      'delete',
      'create',
      'record',
      'report',
    ])
  })
})

describe('the record', () => {
  test('an address that is missing or another one is written', () => {
    const planned = actions([fleet(3)], [pod(0), pod(1), pod(2)], { 'web-0': '10.0.0.0', 'web-1': '10.0.0.9' })
    expect(podsOf(planned, 'record')).toEqual(['web-1', 'web-2'])
  })

  test('a pod without the finalizer, or on its way out, is not written', () => {
    expect(podsOf(actions([], [pod(0, { finalizers: [] }), pod(1, { isDeleted: true })], {}), 'record')).toEqual([])
  })
})

describe('the status', () => {
  test('it counts the pods that stay, and those of them that are ready', () => {
    const [report] = actions([fleet(2)], [pod(0), pod(1, { isDeleted: true })])
    expect(report).toMatchObject({
      kind: 'report',
      fleet: 'web',
      status: {
        observedGeneration: 2,
        pods: 1,
        ready: 1,
        conditions: [{ type: 'Ready', status: 'False', reason: 'PodsNotReady' }],
      },
    })
  })

  test('it is not written again when it says the same', () => {
    const [report] = actions([fleet(1)], [pod(0)])
    if (report?.kind !== 'report') throw new Error('nothing was reported')
    expect(actions([{ ...fleet(1), status: report.status }], [pod(0)])).toEqual([])
  })
})
