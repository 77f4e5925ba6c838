import { expect, test } from 'vitest'
import { mergedFaults } from './merged-faults.ts'

const busy = (share: string): string => `processes outside the cluster used ${share} % of the host's CPU time, limit 20.0 %`

test('faults that differ in their numbers are one, with the range of each number as it was printed', () => {
  expect(mergedFaults([busy('81.4'), busy('45.0'), busy('101.2'), busy('45.0')])).toEqual([busy('45.0 to 101.2')])
})

test('one fault is as it is, and another kind of fault is another one', () => {
  const late = (ms: string): string => `the generator sent late: p99 of its lag ${ms} ms, limit 10 ms`
  expect(mergedFaults([late('30.2'), busy('45.0'), late('12.5')])).toEqual([late('12.5 to 30.2'), busy('45.0')])
})

test('a number that is part of a name has no range', () => {
  const unread = (pod: string): string => `no value of ${pod} could be read on port 8080`
  expect(mergedFaults([unread('reader-1'), unread('reader-2')])).toEqual([unread('reader-1'), unread('reader-2')])
})
