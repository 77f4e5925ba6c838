import { expect, test } from 'vitest'
import { leastMakespan } from './makespan.ts'

test.each([
  ['as long as the longest piece', [10, 2, 3], 3, 10],
  ['as long as all together where machines are few', [10, 8, 6], 2, 12],
  ['of no work it is 0, on no machine too', [], 0, 0],
])('the least makespan is %s', (_what, durations, machines, least) => {
  expect(leastMakespan(durations, machines)).toBe(least)
})
