// Decides when pods are replaced: for a change of data which a Deployment uses, and for nothing else.
import type { V1ConfigMap, V1Deployment, V1PodSpec } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { decide as decideBy, hashOf, memoryAnnotation } from './decide.ts'
import type { Memory } from './decide.ts'
import { patchOf } from './patch.ts'
import type { Flags } from './settings.ts'
import { secretSource, sourcesOf } from './uses.ts'

const allOn: Flags = { reloadOnCreate: true, syncAfterRestart: true }
const decide = (web: V1Deployment, configMaps: readonly V1ConfigMap[], flags = allOn, isNew = true) =>
  decideBy(web, configMaps, flags, isNew)

const now = new Date('2026-01-02T03:04:05Z')

const configMap = (name: string, data: Readonly<Record<string, string>>, labels = {}): V1ConfigMap => ({
  metadata: { name, labels },
  data,
})

const deployment = (annotations: Readonly<Record<string, string>>, pod: Partial<V1PodSpec> = {}): V1Deployment => ({
  metadata: { name: 'web', resourceVersion: '7', annotations },
  spec: { selector: {}, template: { spec: { containers: [], ...pod } } },
})

const remembering = (memory: Memory, names = 'a'): V1Deployment =>
  deployment({ 'configmap.reloader.stakater.com/reload': names, [memoryAnnotation]: JSON.stringify(memory) })

const blue = configMap('a', { host: 'blue' })
const green = configMap('a', { host: 'green' })

test('a Deployment without annotation is left alone', () => {
  expect(decide(deployment({}), [blue])).toEqual({ kind: 'none' })
})

test('a Deployment that is seen for the first time is only remembered', () => {
  const first = deployment({ 'configmap.reloader.stakater.com/reload': 'a, b' })
  expect(decide(first, [blue])).toEqual({ kind: 'record', memory: { a: hashOf(blue), b: null } })
})

test('nothing has to be done as long as the data is what is remembered', () => {
  expect(decide(remembering({ a: hashOf(blue) }), [blue])).toEqual({ kind: 'none' })
})

test('changed data replaces, whenever it was changed, and is remembered with it', () => {
  expect(decide(remembering({ a: hashOf(blue) }), [green])).toEqual({
    kind: 'replace',
    memory: { a: hashOf(green) },
    changed: ['a'],
  })
})

test('labels and the order of keys are no data', () => {
  const one = configMap('a', { x: '1', y: '2' })
  expect(hashOf(configMap('a', { y: '2', x: '1' }, { edited: 'yes' }))).toBe(hashOf(one))
  expect(hashOf({ binaryData: { x: '1', y: '2' } })).not.toBe(hashOf(one))
})

test('a value that comes back replaces again, with another cause', () => {
  const decision = decide(remembering({ a: hashOf(green) }), [blue])
  expect(decision).toMatchObject({ kind: 'replace' })
  const patches = [now, new Date(now.getTime() + 1)].map((at) => patchOf(deployment({}), decision as never, at))
  expect(patches[0]).not.toEqual(patches[1])
})

test('a ConfigMap that is created after the Deployment replaces', () => {
  expect(decide(remembering({ a: null }), [])).toEqual({ kind: 'none' })
  expect(decide(remembering({ a: null }), [blue])).toMatchObject({ kind: 'replace', changed: ['a'] })
})

test('without its flags the controller loses what happened while it was down, and what was created', () => {
  const off: Flags = { reloadOnCreate: false, syncAfterRestart: false }
  const record = { kind: 'record', memory: { a: hashOf(green) } }
  expect(decide(remembering({ a: hashOf(blue) }), [green], off, true), 'changed while it was down').toEqual(record)
  expect(decide(remembering({ a: hashOf(blue) }), [green], off, false), 'changed while it runs').toMatchObject({
    kind: 'replace',
  })
  expect(decide(remembering({ a: null }), [green], off, false), 'created').toEqual(record)
})

test('a ConfigMap that was there before the Deployment and is only seen later is remembered, no more', () => {
  const created = (each: V1ConfigMap | V1Deployment, second: number) =>
    Object.assign(each, { metadata: { ...each.metadata, creationTimestamp: `2026-01-02T03:04:0${second}Z` } })
  const web = created(remembering({ a: null }), 5)
  expect(decide(web, [created({ ...blue }, 5)])).toEqual({ kind: 'record', memory: { a: hashOf(blue) } })
  expect(decide(web, [created({ ...blue }, 6)])).toMatchObject({ kind: 'replace', changed: ['a'] })
})

test('a ConfigMap that is deleted changes nothing, nor when it is there again with the same data', () => {
  expect(decide(remembering({ a: hashOf(blue) }), [])).toEqual({ kind: 'none' })
  expect(decide(remembering({ a: hashOf(blue) }), [blue])).toEqual({ kind: 'none' })
  expect(decide(remembering({ a: hashOf(blue) }), [green])).toMatchObject({ kind: 'replace' })
})

test('a ConfigMap that is used from now on is only remembered, and one that is not any more is forgotten', () => {
  const memory = { a: hashOf(blue), b: hashOf(configMap('b', {})) }
  expect(decide(remembering({ a: hashOf(blue) }, 'a,b'), [blue, configMap('b', {})])).toEqual({ kind: 'record', memory })
  expect(decide(remembering(memory), [blue])).toEqual({ kind: 'record', memory: { a: hashOf(blue) } })
})

test('a memory that cannot be read is none', () => {
  const odd = deployment({ 'configmap.reloader.stakater.com/reload': 'a', [memoryAnnotation]: '{' })
  expect(decide(odd, [blue])).toMatchObject({ kind: 'record' })
})

test('a replacement is one patch of the very Deployment that was seen: memory, and a cause in the pod template', () => {
  const memory = { a: hashOf(green) }
  expect(patchOf(remembering({}), { kind: 'replace', memory, changed: ['a'] }, now)).toEqual({
    metadata: { resourceVersion: '7', annotations: { [memoryAnnotation]: JSON.stringify(memory) } },
    spec: {
      template: {
        metadata: {
          annotations: {
            'reloader.stakater.com/last-reloaded-from': '{"type":"CONFIGMAP","name":"a","observedAt":"2026-01-02T03:04:05.000Z"}',
          },
        },
      },
    },
  })
  expect(patchOf(remembering({}), { kind: 'record', memory }, now)).not.toHaveProperty('spec')
})

test('auto means every ConfigMap and Secret the pods refer to, in whatever way', () => {
  const pod: Partial<V1PodSpec> = {
    initContainers: [{ name: 'first', envFrom: [{ configMapRef: { name: 'from-init' } }] }],
    containers: [
      {
        name: 'web',
        envFrom: [{ configMapRef: { name: 'from-all' } }, { secretRef: { name: 'all' } }],
        env: [
          { name: 'HOST', valueFrom: { configMapKeyRef: { name: 'from-key', key: 'host' } } },
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'key', key: 'password' } } },
        ],
      },
    ],
    volumes: [
      { name: 'one', configMap: { name: 'from-volume' } },
      { name: 'two', projected: { sources: [{ configMap: { name: 'from-projected' } }, { secret: { name: 'projected' } }] } },
      { name: 'three', configMap: { name: 'from-all' } },
      { name: 'four', secret: { secretName: 'volume' } },
    ],
  }
  const configMaps = ['from-all', 'from-init', 'from-key', 'from-projected', 'from-volume']
  const secrets = ['secret/all', 'secret/key', 'secret/projected', 'secret/volume']
  expect(sourcesOf(deployment({ 'reloader.stakater.com/auto': 'true' }, pod))).toEqual([...configMaps, ...secrets])
  expect(sourcesOf(deployment({ 'reloader.stakater.com/auto': 'false' }, pod))).toEqual([])
})

test('a Secret is another source than a ConfigMap of the same name, and the cause says which of the two changed', () => {
  const named = deployment({ 'configmap.reloader.stakater.com/reload': 'a', 'secret.reloader.stakater.com/reload': 'a' })
  const secret = (host: string) => secretSource({ metadata: { name: 'a' }, data: { host } })
  const first = decide(named, [blue, secret('blue')])
  if (first.kind !== 'record') throw new Error('it is remembered first')
  const known = { ...named.metadata?.annotations, [memoryAnnotation]: JSON.stringify(first.memory) }
  const second = decide(deployment(known), [blue, secret('green')])
  if (second.kind !== 'replace') throw new Error('the changed Secret replaces')
  expect(second.changed).toEqual(['secret/a'])
  expect(JSON.stringify(patchOf(named, second, now))).toContain('SECRET')
})
