import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Provider } from '../cluster/provider.ts'
import { noEvents } from '../events/emit.ts'
import type { MeasuredRun } from '../model/run.ts'
import { quietWork } from '../test/fixtures/quiet-work.ts'
import { smallApiServer } from '../test/fixtures/small-api-server.ts'
import { smallCluster } from '../test/fixtures/small-cluster.ts'
import { describeEnvironment } from './environment.ts'
import { run } from './run.ts'
import { noTurns } from './turn.ts'

test('a run is not continued where its environment is another: what it measured stays, and the new cluster is removed', async () => {
  const cluster = smallCluster(await smallApiServer('mine'))
  const environment = await describeEnvironment(cluster)
  const removed: string[] = []
  const provider = {
    guard: async () => () => {},
    up: async () => ({ cluster, created: true, removeOnExit: true }),
    down: async () => (removed.push(cluster.name), true),
  } as unknown as Provider
  const settings = { seed: 1, mode: 'quick' } as const
  const earlier: MeasuredRun = {
    ...settings,
    schemaVersion: 5,
    startedAt: '2026-11-27T01:50:02.000Z',
    finishedAt: null,
    environment: { ...environment, kubernetes: 'v1.33.0' },
    skipped: [],
    phases: [],
    scenarios: [],
  }
  const out = await mkdtemp(join(tmpdir(), 'lab-run-'))
  const {
    run: measured,
    error,
    leftBehind,
  } = await run({
    ...quietWork,
    ...settings,
    provider,
    platform: undefined,
    kubernetes: undefined,
    workers: undefined,
    offline: true,
    replace: false,
    keep: false,
    scenarios: [],
    skipUnfit: false,
    blocks: undefined,
    episodes: undefined,
    comparison: undefined,
    turn: noTurns,
    untilSettled: false,
    atMostSeconds: undefined,
    decided: () => new Set(),
    out,
    earlier,
    observer: { emit: noEvents, measured: async () => {} },
    clear: () => Promise.reject(new Error('nothing may be cleared')),
  })
  expect(error).toMatchObject({
    message: 'The run cannot be resumed here: its environment has changed',
    exit: 'usage',
    details: {
      evidence: ['kubernetes is "v1.34.4", and was "v1.33.0"'],
      next: expect.stringContaining('`lab judge`') as unknown,
    },
  })
  expect({ measured, leftBehind, removed, written: await readdir(out) }).toEqual({
    measured: null,
    leftBehind: [],
    removed: ['incident-lab'],
    written: [],
  })
})
