import { expect, test } from 'vitest'
import { parseUsage } from './container-usage.ts'

const v1 = `nr_periods 0
nr_throttled 0
throttled_time 0
2700000000
cache 5000
inactive_file 1000
total_cache 6000
total_inactive_file 2000
memory
102000`

const v2 = `usage_usec 2700000
user_usec 2600000
anon 4096
inactive_file 2000
memory
102000`

test('cgroup v1 and v2 report the same CPU time, and the same working set: what is used without inactive files', () => {
  expect(parseUsage(v1)).toEqual({ cpuMs: 2700, memoryBytes: 100_000 })
  expect(parseUsage(v2)).toEqual({ cpuMs: 2700, memoryBytes: 100_000 })
})

test('what could not be read is no number', () => {
  expect(parseUsage('memory\n')).toEqual({ cpuMs: NaN, memoryBytes: NaN })
})
