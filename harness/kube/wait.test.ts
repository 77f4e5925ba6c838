import { expect, test } from 'vitest'
import { deadlinePassed, waitFor } from './wait.ts'

const wait = {
  what: 'the Deployments in lab-exercise to be ready',
  deadlineMs: 50,
  everyMs: 5,
  signal: new AbortController().signal,
}

test('a wait ends with the value', async () => {
  let looks = 0
  expect(await waitFor(wait, async () => (++looks < 3 ? { notYet: `${looks}` } : { value: looks }))).toBe(3)
})

test('a deadline names what was waited for, the last state, and the evidence', async () => {
  const waiting = waitFor(wait, async () => ({ notYet: 'server 0/3' }))
  await expect(waiting).rejects.toMatchObject({
    message: 'Waited 0.05 s for the Deployments in lab-exercise to be ready',
    details: { why: 'last seen: server 0/3', evidence: [] },
  })
  const evidence = ['pod server-0: Pending, 0/4 nodes are available: 4 Insufficient cpu', 'pod client: Running']
  const next = '`lab workshop reset` restores the exercise'
  expect(
    await deadlinePassed({ ...wait, deadlineMs: 120_000, next, evidence: async () => evidence }, 'server 0/3'),
  ).toMatchObject({
    message: 'Waited 120 s for the Deployments in lab-exercise to be ready',
    details: { why: 'last seen: server 0/3', evidence, next },
  })
})

test('an error of the look ends the wait at once: only "not yet" means not yet', async () => {
  let looks = 0
  const waiting = waitFor({ ...wait, deadlineMs: 10_000 }, async () => {
    looks++
    throw new Error('forbidden')
  })
  await expect(waiting).rejects.toThrow('forbidden')
  expect(looks).toBe(1)
})

test('an interrupt ends the wait at once', async () => {
  const interrupt = new AbortController()
  const waiting = waitFor({ ...wait, deadlineMs: 60_000, signal: interrupt.signal }, async () => ({ notYet: 'server 0/3' }))
  interrupt.abort(new Error('interrupted'))
  await expect(waiting).rejects.toThrow(/interrupted|abort/i)
})
