import { expect, test } from 'vitest'
import { throttledIn } from './kubelet-metrics.ts'

const text = `# HELP container_cpu_cfs_throttled_periods_total Number of throttled period intervals.
# TYPE container_cpu_cfs_throttled_periods_total counter
container_cpu_cfs_throttled_periods_total{container="server",id="/kubelet.slice/a",image="x",name="a",namespace="arm",pod="server-1"} 21 1795484670000
container_cpu_cfs_throttled_periods_total{container="server",id="/kubelet.slice/b",image="x",name="b",namespace="arm",pod="server-2"} 4 1795484668000
container_cpu_cfs_throttled_periods_total{container="",id="/kubelet.slice/b",image="",name="",namespace="arm",pod="server-2"} 40 1795484668000
container_cpu_cfs_throttled_periods_total{container="server",id="/kubelet.slice/c",image="x",name="c",namespace="other",pod="server-3"} 900 1795484668000
container_cpu_cfs_throttled_seconds_total{container="server",id="/kubelet.slice/a",image="x",name="a",namespace="arm",pod="server-1"} 1.25 1795484670000
`

test('the two metrics are summed over the containers of the arm, and are as old as the oldest of them', () => {
  expect(throttledIn(text, 'arm', 'server')).toEqual({ periods: 25, seconds: 1.25, atMs: 1795484668000 })
})

test('where the kubelet has no such metrics nothing is made up', () => {
  expect(throttledIn(text, 'arm', 'unlimited').atMs).toBeUndefined()
})
