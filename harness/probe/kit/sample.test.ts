import { expect, test } from 'vitest'
import type { ProbeContext } from './probe.ts'
import { lookEvery, nodeShell } from './sample.ts'

/** Looks that are counted; `failing`: the number of the one that fails. */
const counted = (everyMs: number, failing?: number) => {
  let count = 0
  const looks = lookEvery(everyMs, async () => {
    count += 1
    if (count === failing) throw new Error('the node is gone')
  })
  return { looks, count: () => count }
}

test('it looks at once, and a last time when it ends', async () => {
  const { looks, count } = counted(60_000)
  await looks.first
  expect(count()).toBe(1)
  await looks.end()
  expect(count()).toBe(2)
})

test('a look that is running when it ends is not the last one', async () => {
  const finish: (() => void)[] = []
  const looks = lookEvery(60_000, () => new Promise((resolve) => void finish.push(resolve)))
  const ended = looks.end()
  expect(finish).toHaveLength(1)
  finish[0]?.()
  await expect.poll(() => finish.length).toBe(2)
  finish[1]?.()
  await ended
})

test('it continues looking until it is stopped', async () => {
  const { looks, count } = counted(1)
  await expect.poll(count).toBeGreaterThan(2)
  looks.stop()
  const then = count()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(count()).toBe(then)
})

test('a look that fails is an error of the end, and of nothing before', async () => {
  const { looks } = counted(1, 2)
  await looks.first
  await new Promise((resolve) => setTimeout(resolve, 20))
  await expect(looks.end()).rejects.toThrow('the node is gone')
})

test('a probe that looks at the node of an episode is refused where there is none', () => {
  const context = { node: null } as unknown as ProbeContext
  expect(() => nodeShell(context, 'the disk')).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^the disk can only be read on the node/) as unknown,
      exit: 'usage',
    }),
  )
})
