// Whatever happens beside it, nothing of the lab removes a container that it did not make.
import { readFile, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { LabError } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import { appears, fakeEngine, pathWith, silence } from '../../test/fixtures/fake-engine.ts'
import type { FakeEngine, FakeNode } from '../../test/fixtures/fake-engine.ts'
import { provider } from './provider.ts'
import { readRecord, recordBegun, recordFinished } from './record.ts'
import { removeCluster, removeUnfinished } from './removal.ts'
import { tokenMount } from './shape.ts'
import { readStatus } from './status.ts'

const work: Work = { step: (_, run) => run(() => {}), signal: new AbortController().signal }
const own: readonly FakeNode[] = ['own1', 'own2'].map((id) => ({ id, mount: tokenMount('mine') }))
const [stranger, ofOtherLab] = [
  { id: 'stranger', mount: '/lib/modules' },
  { id: 'other', mount: tokenMount('theirs') },
]

afterEach(async () => {
  await provider.releaseName()
  vi.unstubAllEnvs()
})

/** A fake engine with these nodes, and a record of a cluster of the lab's. */
const withRecord = async (is: 'begun' | 'finished', nodes: readonly FakeNode[] = own): Promise<FakeEngine> => {
  const [engine, state] = [await fakeEngine(nodes), await mkdtemp(join(tmpdir(), 'lab-state-'))]
  vi.stubEnv('PATH', pathWith(engine))
  vi.stubEnv('LAB_STATE', state)
  const file = join(state, 'incident-lab.made.json')
  const known = written.get(is)
  if (known === undefined) {
    await recordBegun('mine', is === 'finished')
    if (is === 'finished')
      await recordFinished(
        own.map(({ id }) => id),
        'uid',
      )
    written.set(is, await readFile(file, 'utf8'))
  } else await writeFile(file, known)
  return engine
}

/** Records as they were written first: to write one asks the engine, and hundreds would take seconds. */
const written = new Map<'begun' | 'finished', string>()

/** Whatever removes, as commands do. */
const removals: Readonly<
  Record<string, { readonly record: 'begun' | 'finished'; readonly remove: () => Promise<unknown>; readonly runs?: number }>
> = {
  'lab down': { record: 'finished', remove: () => provider.down(work, { force: false }) },
  'lab up, for another cluster in its place': { record: 'finished', remove: () => removeCluster(work) },
  'lab up, after kind failed': { record: 'begun', remove: () => removeUnfinished(work, 1) },
  'lab clean': {
    record: 'begun',
    runs: 10, // each looks for seconds
    remove: async () => {
      for (const { undo } of (await provider.leftBehind(work)).leftovers.filter(({ found }) => found.some(ofCluster)))
        await undo()
    },
  },
}
const ofCluster = (found: string): boolean => found.startsWith('cluster')

const happenings: Readonly<Record<string, (engine: FakeEngine, state: string) => string>> = {
  'a stranger appears': () => appears(stranger),
  'the engine is slow': () => silence.slow,
  'the engine is gone': () => silence.gone,
  'the record is half written': (_, state) => `echo '{"begunAt": "20' > ${state}/incident-lab.made.json`,
  'another lab is at work': () => appears(ofOtherLab),
}
const names = Object.keys(happenings)

test.each(Object.entries(removals))(
  '%s: in whatever order a stranger appears, the engine is slow or gone, the record is half written and another lab works, only own nodes go',
  async (_, { record, remove, runs = 20 }) => {
    const orders = fc.tuple(fc.shuffledSubarray(names, { minLength: names.length }), fc.nat({ max: 4 }))
    await fc.assert(
      fc.asyncProperty(orders, async ([order, after]) => {
        const engine = await withRecord(record)
        const events = order.map((name) => happenings[name]?.(engine, process.env.LAB_STATE ?? '') ?? ':')
        await engine.next([...Array.from({ length: after }, () => ':'), ...events])
        await remove().catch(() => {}) // refusing is as good
        await provider.releaseName()
        await engine.next([])
        expect(await engine.ids(), `${after} calls, then ${order.join(', ')}`).toEqual(
          expect.arrayContaining([...(await engine.appeared())]),
        )
      }),
      { numRuns: runs },
    )
  },
  180_000,
)

test('without anything beside it, each removes the whole cluster and its record', async () => {
  for (const { record, remove } of Object.values(removals)) {
    const engine = await withRecord(record)
    await remove()
    expect([await engine.ids(), await readRecord()]).toEqual([[], null])
    await provider.releaseName()
  }
})

test('with a cluster its network goes, unless containers of others are on it; until then the cluster stays known', async () => {
  for (const others of [0, 1]) {
    const engine = await withRecord('finished')
    await engine.makeNetwork(others)
    await removeCluster(work)
    expect([await engine.hasNetwork(), await readRecord()]).toEqual([others > 0, null])
  }
  const engine = await withRecord('finished')
  await engine.makeNetwork(0)
  await engine.always(`[ "$1" != network ] || ${silence.slow}`)
  await expect(removeCluster(work)).rejects.toMatchObject({ message: 'docker network failed' })
  expect([await engine.hasNetwork(), (await readRecord())?.uid]).toEqual([true, 'uid'])
})

test('a node of another lab that appears before the nodes are listed is named, and stays; own ones go', async () => {
  const engine = await withRecord('finished')
  await engine.next([appears(ofOtherLab)])
  await expect(removeCluster(work)).rejects.toMatchObject({
    message: expect.stringContaining('this lab did not create it') as string,
    exit: 'cannotRun',
    details: { evidence: ['incident-lab-other: exited, created 2026-11-29 10:00:00 +0000'] },
  })
  expect(await engine.ids()).toEqual([ofOtherLab.id])
})

test.each(Object.entries(silence))(
  '`lab down`: where an engine is %s once, the cluster is gone or it stays known, never both',
  async (_, silent) => {
    for (const calls of [0, 1, 2, 3, 4]) {
      const engine = await withRecord('finished')
      await engine.next([...Array.from({ length: calls }, () => ':'), silent])
      const answer = await provider.down(work, { force: false }).catch((error: unknown) => error)
      await provider.releaseName()
      const came = answer instanceof LabError ? [(await readRecord())?.uid] : [answer, await engine.ids()]
      expect([['uid'], [true, []]], `call ${calls + 1}`).toContainEqual(came)
    }
  },
)

test.each(Object.entries(silence))(
  'an engine that is %s is no answer: the status is an error with exit code 3',
  async (_, silent) => {
    const engine = await withRecord('finished')
    await engine.next([silent])
    await expect(readStatus()).rejects.toMatchObject({ exit: 'cannotRun' })
  },
)

test('a record that a killed command began claims nothing that others make later under the same name', async () => {
  const engine = await withRecord('begun', [stranger, ofOtherLab])
  const { leftovers } = await provider.leftBehind(work)
  expect(leftovers.flatMap(({ found }) => found).filter(ofCluster)).toEqual([])
  await removeUnfinished(work, 1)
  expect(await engine.ids()).toEqual([stranger.id, ofOtherLab.id])
})

test('where `lab up` was killed before kind made a node, or Docker makes it only now, `lab clean` leaves neither', async () => {
  const engine = await withRecord('begun', [])
  const { leftovers } = await provider.leftBehind(work)
  const whole = leftovers.find(({ found }) => found.includes('record of cluster incident-lab'))
  await engine.next([':', ...own.map(appears)])
  await whole?.undo()
  expect([await engine.appeared(), await engine.ids(), await readRecord()]).toEqual([own.map(({ id }) => id), [], null])
})

test('over the record of a finished cluster no other one is begun', async () => {
  await withRecord('finished')
  await expect(recordBegun('another', true)).rejects.toMatchObject({ exit: 'cannotRun' })
  expect(await readRecord()).toMatchObject({ token: 'mine', uid: 'uid' })
})

test('what is removed is taken out of the lab’s kubeconfig, and clusters of other names stay in it', async () => {
  await withRecord('finished')
  const file = join(process.env.LAB_STATE ?? '', 'kubeconfig')
  const named = (name: string) => ({ name })
  const [a, b] = ['kind-incident-lab', 'kind-second']
  const both = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [a, b].map(named),
    contexts: [a, b].map(named),
    users: [a, b].map(named),
  }
  await writeFile(file, JSON.stringify({ ...both, 'current-context': a }))
  await removeCluster(work)
  expect(await readFile(file, 'utf8')).not.toContain(a)
  expect(await readFile(file, 'utf8')).toContain(b)
})
