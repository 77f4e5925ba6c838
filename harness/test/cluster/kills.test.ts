// A few of the points of the tier `chaos`: a run that changes nodes is killed, with its watchdog and without, and nothing of it stays.
import { expect, test } from 'vitest'
import { killAtPoints, leftBehind } from '../chaos/kill-at-points.ts'

test('a run that made nodes small is killed early, amid it and late: all is as it was', async () => {
  const words = ['missing-priority-class', '--arm', 'control']
  const { effects, killed } = await killAtPoints({ name: 'nodes of little memory', words }, 3)
  expect(effects, 'it did something').toBeGreaterThan(100)
  expect(leftBehind(killed)).toEqual([])
})
