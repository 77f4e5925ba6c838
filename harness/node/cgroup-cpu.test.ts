import { expect, test } from 'vitest'
import { parseReading, placeOf } from './cgroup-cpu.ts'

// As a node's bash prints them: what is not there prints nothing.
const v1 = `container
nr_periods 45
nr_throttled 11
throttled_time 1300000000
nr_bursts 0
burst_time 0
2700000000
20000
100000
pod
nr_periods 46
nr_throttled 3
throttled_time 50000000
2800000000
40000
100000
clock 1795484677.763499`

const v2 = `container
usage_usec 2700000
user_usec 2600000
system_usec 100000
nr_periods 45
nr_throttled 11
throttled_usec 1300000
20000 100000
pod
usage_usec 2800000
nr_periods 46
nr_throttled 3
throttled_usec 50000
40000 100000
clock 1795484677,763499`.replace(',', '.')

const expected = {
  atMs: 1795484677763.499,
  containers: [
    {
      container: { usedMs: 2700, periods: 45, throttledPeriods: 11, throttledMs: 1300 },
      pod: { usedMs: 2800, periods: 46, throttledPeriods: 3, throttledMs: 50 },
      quota: { quotaMs: 20, periodMs: 100 },
      podQuota: { quotaMs: 40, periodMs: 100 },
    },
  ],
}

test('cgroup v1 and v2 report the same in files and units of their own', () => {
  expect(parseReading(v1)).toEqual(expected)
  expect(parseReading(v2)).toEqual(expected)
})

test('a container without a limit has no quota: -1 in v1, max in v2', () => {
  expect(parseReading(v1.replace('\n20000\n', '\n-1\n')).containers[0]?.quota).toBeNull()
  expect(parseReading(v2.replace('\n20000 100000\n', '\nmax 100000\n')).containers[0]?.quota).toBeNull()
})

test('several containers are read at once, in their order', () => {
  const two = v2.replace('clock', `${v2.split('clock')[0]?.replaceAll('2700000', '900000')}clock`)
  expect(parseReading(two).containers.map(({ container }) => container.usedMs)).toEqual([2700, 900])
})

const pod = '/kubelet/kubepods/burstable/podb9a4c1d2/4f2e9a'

test('cgroup v1, each controller by itself: CPU time and memory are read below their own', () => {
  const cpu = `/sys/fs/cgroup/cpu${pod}`
  expect(placeOf(cpu)).toEqual({ cpu, usage: `/sys/fs/cgroup/cpuacct${pod}`, memory: `/sys/fs/cgroup/memory${pod}` })
})

test.each(['cpu,cpuacct', 'cpuacct,cpu'])(
  'cgroup v1, %s mounted together, as systemd does: memory is read below its own',
  (mount) => {
    const cpu = `/sys/fs/cgroup/${mount}${pod}`
    expect(placeOf(cpu)).toEqual({ cpu, usage: cpu, memory: `/sys/fs/cgroup/memory${pod}` })
  },
)

test('cgroup v2 has one folder for all', () => {
  const cpu = '/sys/fs/cgroup/kubelet.slice/kubelet-kubepods.slice/cri-containerd-4f2e9a.scope'
  expect(placeOf(cpu)).toEqual({ cpu, usage: cpu, memory: cpu })
})
