// Decides what the bounded queue promises: order, bounds, and that leaving frees a place.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ServiceQueue } from './service-queue.ts'
import type { Admission, QueueLimits } from './service-queue.ts'

const queueUnderTest = (limits: QueueLimits) => {
  const queue = new ServiceQueue(limits)
  const started: string[] = []
  const finishing = new Map<string, () => void>()
  const enter = (name: string): Admission =>
    queue.enter(() => {
      started.push(name)
      return new Promise((resolve) => finishing.set(name, resolve))
    })
  const finish = async (name: string): Promise<void> => {
    finishing.get(name)?.()
    finishing.delete(name)
    await new Promise(setImmediate)
  }
  return { enter, finish, started, finishing }
}

const leave = (admission: Admission): void => {
  if (admission.kind !== 'queued') throw new Error(`expected a queued request, got ${admission.kind}`)
  admission.leave()
}

test('as many requests as there are slots are served at once', () => {
  const { enter, started } = queueUnderTest({ concurrency: 2, queueLimit: 5 })
  expect(['a', 'b', 'c'].map((name) => enter(name).kind)).toEqual(['serving', 'serving', 'queued'])
  expect(started).toEqual(['a', 'b'])
})

test('queued requests are served in the order of arrival', async () => {
  const { enter, finish, started } = queueUnderTest({ concurrency: 1, queueLimit: 5 })
  ;['a', 'b', 'c'].forEach(enter)
  await finish('a')
  await finish('b')
  expect(started).toEqual(['a', 'b', 'c'])
})

test('a request beyond the queue limit is rejected and never served', async () => {
  const { enter, finish, started } = queueUnderTest({ concurrency: 1, queueLimit: 1 })
  expect(['a', 'b', 'c'].map((name) => enter(name).kind)).toEqual(['serving', 'queued', 'rejected'])
  await finish('a')
  await finish('b')
  expect(started).toEqual(['a', 'b'])
})

test('a queue limit of 0 rejects whatever cannot be served at once', () => {
  const { enter } = queueUnderTest({ concurrency: 1, queueLimit: 0 })
  expect(['a', 'b'].map((name) => enter(name).kind)).toEqual(['serving', 'rejected'])
})

test('a request which leaves frees its place and is not served', async () => {
  const { enter, finish, started } = queueUnderTest({ concurrency: 1, queueLimit: 1 })
  enter('a')
  leave(enter('b'))
  expect(enter('c').kind).toBe('queued')
  await finish('a')
  expect(started).toEqual(['a', 'c'])
})

test('leaving after being served changes nothing', async () => {
  const { enter, finish, started } = queueUnderTest({ concurrency: 1, queueLimit: 2 })
  enter('a')
  const admission = enter('b')
  enter('c')
  await finish('a')
  leave(admission)
  await finish('b')
  expect(started).toEqual(['a', 'b', 'c'])
})

test('whatever arrives and finishes, the bounds hold and nothing admitted is lost', async () => {
  const limits = fc.record({ concurrency: fc.integer({ min: 1, max: 4 }), queueLimit: fc.integer({ min: 0, max: 4 }) })
  const steps = fc.array(fc.constantFrom('arrive', 'finish'), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(limits, steps, async (bounds, moves) => {
      const { enter, finish, started, finishing } = queueUnderTest(bounds)
      let admitted = 0
      for (const [index, move] of moves.entries()) {
        if (move === 'finish') await finish([...finishing.keys()][0] ?? 'none')
        else if (enter(`${index}`).kind !== 'rejected') admitted += 1
        expect(finishing.size).toBeLessThanOrEqual(bounds.concurrency)
        expect(admitted - started.length).toBeLessThanOrEqual(bounds.queueLimit)
      }
      while (finishing.size > 0) await finish([...finishing.keys()][0] ?? 'none')
      expect(started).toHaveLength(admitted)
    }),
    { numRuns: 50 },
  )
})
