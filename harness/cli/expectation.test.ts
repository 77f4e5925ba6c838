import { expect, test } from 'vitest'
import { expectationLine, requireFirstLook } from './expectation.ts'

test.each([
  [840, 650, 'about 14 min: 11 min to build what is not in the cache, 3 min for the run'],
  [828, 624, 'about 13 min: 10 min to build what is not in the cache, 3 min for the run'],
  [260, 40, 'about 4 min: 40 s to build what is not in the cache, 4 min for the run'],
  [215, 0, 'about 4 min for the run; everything is built'],
])('of %d s of which %d build the first line says: %s', (seconds, buildSeconds, line) => {
  expect(expectationLine({ seconds, buildSeconds }, 'the run')).toBe(line)
})

test('for a cluster alone it names the cluster', () => {
  expect(expectationLine({ seconds: 700, buildSeconds: 665 }, 'the cluster')).toBe(
    'about 12 min: 11 min to build what is not in the cache, 35 s for the cluster',
  )
})

test('a time limit before the first look is refused with the time that look takes', () => {
  expect(() => requireFirstLook({ firstLookSeconds: 1790 }, 1800)).not.toThrow()
  expect(() => requireFirstLook({ firstLookSeconds: 2040 }, 1800)).toThrow(
    '--at-most 30:00 min ends before the first look; nothing was started',
  )
})
