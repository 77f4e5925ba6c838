import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { allToEnd, allOrNone, inTurn, thenCleanUp } from '../side-by-side.ts'

const never = new AbortController().signal

test('when one fails the others are stopped and waited for, and the first error is the one that is thrown', async () => {
  let ended = false
  const other = async (signal: AbortSignal): Promise<void> => {
    await pause(60_000, undefined, { signal }).catch(() => {})
    await pause(10)
    ended = true
    throw new Error('I was stopped')
  }
  const failing = async (): Promise<void> => {
    await pause(5)
    throw new Error('it broke')
  }
  await expect(allOrNone(never, (signal) => [other(signal), failing()])).rejects.toThrow('it broke')
  expect(ended).toBe(true)
})

test('calls that overlap follow one another', async () => {
  let running = 0
  let most = 0
  const call = inTurn(async () => {
    most = Math.max(most, (running += 1))
    await pause(2)
    running -= 1
  })
  await Promise.all([call(), call(), call()])
  expect(most).toBe(1)
})

test('where all have to come to their end, one that fails does not cut off the others', async () => {
  const ended: string[] = []
  const slow = pause(20).then(() => void ended.push('slow'))
  await expect(allToEnd([Promise.reject(new Error('broken')), slow])).rejects.toThrow('broken')
  expect(ended).toEqual(['slow'])
})

test('clean-up follows work that succeeds and work that fails, and the error that came first has its failure as evidence', async () => {
  const order: string[] = []
  const cleaned = () => Promise.resolve(void order.push('cleaned'))
  expect(await thenCleanUp(() => Promise.resolve(void order.push('worked')), cleaned)).toBeUndefined()
  await expect(thenCleanUp(() => Promise.reject(new Error('kind create cluster failed')), cleaned)).rejects.toThrow(
    'kind create cluster failed',
  )
  expect(order).toEqual(['worked', 'cleaned', 'cleaned'])
  const broken = () => Promise.reject(new Error('the nodes could not be removed'))
  await expect(thenCleanUp(() => Promise.resolve(1), broken)).rejects.toThrow('the nodes could not be removed')
  await expect(
    thenCleanUp(() => Promise.reject(new LabError('kind create cluster failed', { exit: 'cannotRun' })), broken),
  ).rejects.toMatchObject({
    message: 'kind create cluster failed',
    exit: 'cannotRun',
    details: { evidence: ['then clean-up failed: the nodes could not be removed'] },
  })
  order.length = 0
  await expect(
    thenCleanUp(() => Promise.resolve(1), broken, cleaned),
    'the second clean-up runs although the first failed',
  ).rejects.toThrow('the nodes could not be removed')
  expect(order).toEqual(['cleaned'])
  const interrupt = new Error('interrupted')
  await expect(thenCleanUp(() => Promise.reject(interrupt), broken)).rejects.toBe(interrupt)
})
