// Decides that the operator does over HTTP what the plan says, safely, and goes on after gaps, restarts and a change of leader.
import { describe, expect, test, vi } from 'vitest'
import type { Api } from '../controller/api.ts'
import { startSmallApiServer as startServer } from '../controller/small-api-server.ts'
import type { OnFinished } from '../open-loop/programs.ts'
import { finalizer, fleetLabel } from './fleet.ts'
import { clusterOf } from './kubernetes.ts'
import { operate } from './operator.ts'

const pods = '/api/v1/namespaces/lab/pods'
const book = '/api/v1/namespaces/lab/configmaps/address-book'
const web = '/apis/incident-lab.example/v1/namespaces/lab/fleets/web'
const lease = '/apis/coordination.k8s.io/v1/namespaces/lab/leases/fleet-operator'

const template = { spec: { containers: [{ name: 'web', image: 'web' }] } }
const status = { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] }
const ended = { status: { phase: 'Succeeded' } }

/** A busy machine stops a process for longer than the usual 6 s. */
const leaseS = 600

const startOperator = (api: Api, me: string, onFinished: OnFinished) => {
  const events: string[] = []
  const log = (event: string, facts: object): void => void events.push(`${event} ${Object.values(facts).join(' ')}`)
  const stopped = new AbortController()
  const onLost = (why: string): void => log('lost', { why })
  const ending = operate(api, { namespace: 'lab', me, log, onLost, leaseS }, stopped.signal)
  const stop = (): Promise<void> => {
    stopped.abort()
    return ending
  }
  onFinished(() => void stop())
  return { events, stop }
}

const eventually = (look: () => void): Promise<void> => vi.waitFor(look, { interval: 5, timeout: 30_000 })

describe.concurrent('the operator', () => {
  test('creates, records, reports, scales down, and lets pods go with their addresses', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const { events } = startOperator(api, 'one', onTestFinished)
    server.write(web, { metadata: { generation: 1 }, spec: { pods: 2, template } })
    await eventually(() => expect(server.objects.get(`${pods}/web-1`)?.metadata.finalizers).toEqual([finalizer]))
    server.write(`${pods}/web-0`, { status })
    server.write(`${pods}/web-1`, { status: { ...status, podIP: '10.0.0.2' } })
    await eventually(() => expect(server.objects.get(book)?.data).toEqual({ 'web-0': '10.0.0.1', 'web-1': '10.0.0.2' }))
    await eventually(() => expect(server.objects.get(web)?.status).toMatchObject({ observedGeneration: 1, pods: 2, ready: 2 }))
    server.write(web, { metadata: { generation: 2 }, spec: { pods: 1 } })
    await eventually(() => expect(server.objects.get(`${pods}/web-1`)?.metadata.deletionTimestamp).toBeDefined())
    server.write(`${pods}/web-1`, ended)
    await eventually(() => expect(server.objects.has(`${pods}/web-1`)).toBe(false))
    expect(server.objects.get(book)?.data).toEqual({ 'web-0': '10.0.0.1' })
    await eventually(() => expect(events).toContain('finalized web-1'))
    expect(events).toContain('recorded web-1 10.0.0.2')
  })

  test('lets go, after a restart and without the Fleet, only what is its own', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const labels = { [fleetLabel]: 'gone' }
    server.write(book, { data: { 'gone-0': '10.0.0.1', other: '10.0.0.9' } })
    server.write(`${pods}/gone-0`, { metadata: { labels, finalizers: ['a/b', finalizer], deletionTimestamp: 'now' }, ...ended })
    startOperator(api, 'one', onTestFinished)
    await eventually(() => expect(server.objects.get(`${pods}/gone-0`)?.metadata.finalizers).toEqual(['a/b']))
    expect(server.objects.get(book)?.data).toEqual({ other: '10.0.0.9' })
  })

  test('sees after a gap of the watches what changed in it', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const { events } = startOperator(api, 'one', onTestFinished)
    await eventually(() => expect(events).toContain('leading one'))
    server.forget()
    server.write(web, { spec: { pods: 1, template } })
    await eventually(() => expect(events).toContain('created web-0'))
    expect(server.refusedWatches).toBe(3)
  })

  test('waits while another one leads, and follows when that one leaves', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const one = startOperator(api, 'one', onTestFinished)
    await eventually(() => expect(one.events).toContain('leading one'))
    const two = startOperator(api, 'two', onTestFinished)
    server.write(web, { spec: { pods: 1, template } })
    await eventually(() => expect(one.events).toContain('created web-0'))
    await one.stop()
    expect(two.events).toEqual([])
    expect(server.objects.get(lease)?.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: leaseS })
    await eventually(() => expect(two.events).toContain('leading two'))
  })

  test('says what is refused, and tries again when something changes', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    server.refuse('POST', pods, 409) // as when a quota is contended, not as when the name is taken
    const { events } = startOperator(api, 'one', onTestFinished)
    server.write(web, { spec: { pods: 1, template } })
    await eventually(() => expect(events).toContain('failed create web-0 409 refused with 409'))
    await eventually(() => expect(events.join()).toMatch(/trouble pass 1 of 2 actions failed 1000/))
    server.refuse('POST', pods, undefined)
    server.write(web, { metadata: { generation: 2 } })
    await eventually(() => expect(events).toContain('created web-0'))
  })
})

describe('a request', () => {
  test('removes the finalizer where it was seen, and no other', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const { metadata } = server.write(`${pods}/web-0`, { metadata: { finalizers: ['a/b', finalizer, 'c/d'] } })
    const { removeFinalizer } = clusterOf(api, 'lab')
    expect(await removeFinalizer('web-0', metadata.uid, 0)).toBe(false)
    expect(await removeFinalizer('web-0', 'another', 1)).toBe(false)
    expect(await removeFinalizer('web-0', metadata.uid, 3)).toBe(false)
    expect(await removeFinalizer('web-1', metadata.uid, 1)).toBe(false)
    expect(server.objects.get(`${pods}/web-0`)?.metadata.finalizers).toEqual(['a/b', finalizer, 'c/d'])
    expect(await removeFinalizer('web-0', metadata.uid, 1)).toBe(true)
    expect(server.objects.get(`${pods}/web-0`)?.metadata.finalizers).toEqual(['a/b', 'c/d'])
  })

  test('deletes only the pod that was seen', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    server.write(`${pods}/web-0`, {})
    expect(await clusterOf(api, 'lab').deletePod('web-0', 'another')).toBe(false)
    expect(server.objects.has(`${pods}/web-0`)).toBe(true)
  })

  test('makes the address book when the first address comes, and keeps all that come at once', async ({ onTestFinished }) => {
    const { server, api } = await startServer(onTestFinished)
    const { recordAddress } = clusterOf(api, 'lab')
    expect(await recordAddress('web-0', null)).toBe(false)
    expect(server.objects.has(book)).toBe(false)
    await Promise.all(['a', 'b', 'c'].map((name) => recordAddress(name, '10.0.0.1')))
    expect(server.objects.get(book)?.data).toEqual({ a: '10.0.0.1', b: '10.0.0.1', c: '10.0.0.1' })
  })
})
