import { expect, test } from 'vitest'
import { waitFor } from './wait.ts'

const wait = { what: 'the kettle to boil', deadlineMs: 50, everyMs: 5, signal: new AbortController().signal }

test('a wait ends with the value', async () => {
  let looks = 0
  expect(await waitFor(wait, async () => (++looks < 3 ? { notYet: `${looks}` } : { value: looks }))).toBe(3)
})

test('a deadline names what was waited for, the last state, and the evidence', async () => {
  const waiting = waitFor({ ...wait, evidence: async () => ['it is unplugged'] }, async () => ({ notYet: '20 °C' }))
  await expect(waiting).rejects.toMatchObject({
    message: 'Waited 0.05 s for the kettle to boil',
    details: { why: 'last seen: 20 °C', evidence: ['it is unplugged'] },
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
  const waiting = waitFor({ ...wait, deadlineMs: 60_000, signal: interrupt.signal }, async () => ({ notYet: 'cold' }))
  interrupt.abort(new Error('interrupted'))
  await expect(waiting).rejects.toThrow(/interrupted|abort/i)
})
