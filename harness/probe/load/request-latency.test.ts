import { expect, test } from 'vitest'
import type { LoadResult } from '../../model/trial.ts'
import { hotPod } from '../../test/fixtures/accepted-runs.ts'
import type { ProbeContext } from '../kit/probe.ts'
import { probe } from './request-latency.ts'

const load = hotPod.scenarios[0]?.trials.find(({ arm }) => arm === 'control')?.load
if (!load) throw new Error('the accepted run has no trial of control')
const host = { idle: 1, steal: 0, others: 0, throttledPeriods: 0 }

const read = async (tail: 'p95' | 'p90' | undefined, of: LoadResult, change: { atMs: number } | null = null) =>
  (await (await probe.start({} as ProbeContext, { tail })).end({ load: of, host, timeline: null, change })).metrics

test('the tail that a scenario names lies between p50 and p99, and is read from the histogram of the load', async () => {
  const metrics = await read('p95', load)
  const { latency_p50: p50 = NaN, latency_p95: p95 = NaN, latency_p99: p99 = NaN } = metrics
  expect([p50 < p95, p95 < p99]).toEqual([true, true])
  expect((await read('p90', load)).latency_p90).toBe((load.latencyUs?.p90 ?? NaN) / 1000)
  expect(Object.keys(await read(undefined, load))).toEqual(['latency_p50', 'latency_p99', 'requests', 'failed_requests'])
})

test('each metric that it yields it defines, and lower is better', async () => {
  for (const tail of ['p95', 'p90', undefined] as const) {
    const defined = probe.metrics({ tail })
    expect(Object.keys(defined)).toEqual(Object.keys(await read(tail, load)))
    expect(defined[`latency_${tail ?? 'p99'}`]).toMatchObject({ better: 'lower', unit: 'ms' })
  }
})

test('without a reply, or after a change under load, there is no latency', async () => {
  const counts = ['requests', 'failed_requests']
  expect(Object.keys(await read('p95', { ...load, latencyUs: null, latencyHistogram: '' }))).toEqual(counts)
  expect(Object.keys(await read('p95', load, { atMs: 1000 }))).toEqual(counts)
})
