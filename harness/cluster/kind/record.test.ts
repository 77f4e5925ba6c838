import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readRecord, recordFinished } from './record.ts'

test('a cluster whose record is gone is not recorded as finished: its nodes could be those of another, and only force removes them', async () => {
  const state = await mkdtemp(join(tmpdir(), 'lab-state-'))
  vi.stubEnv('LAB_STATE', state)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(recordFinished(['a'], 'uid')).rejects.toMatchObject({
    message: 'The record of cluster incident-lab is missing',
    exit: 'unexpected',
    details: {
      why: expect.stringContaining(join(state, 'incident-lab.made.json')) as unknown,
      next: expect.stringContaining('`lab down --force incident-lab`') as unknown,
    },
  })
  expect(await readRecord()).toBeNull()
})
