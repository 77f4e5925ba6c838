import { expect, test } from 'vitest'
import type { ReadyProbe } from '../probe/kit/find-probe.ts'
import type { ProbeContext } from '../probe/kit/probe.ts'
import { podLane, timelineOf } from '../test/fixtures/episodes.ts'
import { trialOf } from '../test/fixtures/trials.ts'
import { startProbes } from './probes.ts'

const lane = podLane('value', [[0, 'current']])
const probe: ReadyProbe = {
  name: 'follows-a-value',
  metrics: {},
  needsTimeline: false,
  start: async () => ({ proof: ['before'], end: async () => ({ metrics: { seen: 1 }, proof: ['after'], lanes: [lane] }) }),
}
const { load, host } = trialOf('control')

test('lanes of probes stand beside those of the timeline', async () => {
  const started = await startProbes([probe], {} as ProbeContext)
  const { timeline, metrics, proof } = await started.end({
    load,
    host,
    timeline: timelineOf([podLane('critical', [])]),
    change: null,
  })
  expect(timeline?.lanes.map(({ group }) => group)).toEqual(['critical', 'value'])
  expect({ metrics, proof }).toEqual({ metrics: { seen: 1 }, proof: ['before', 'after'] })
})

test('steady load has no timeline, whatever a probe followed', async () => {
  const started = await startProbes([probe], {} as ProbeContext)
  expect(await started.end({ load, host, timeline: null, change: null })).toEqual({
    metrics: { seen: 1 },
    proof: ['before', 'after'],
    series: {},
    timeline: null,
    invalid: [],
  })
})

test('what a probe missed makes the trial invalid', async () => {
  const lacking = { ...probe, start: async () => ({ end: async () => ({ metrics: {}, invalid: ['no value of shop-0'] }) }) }
  const started = await startProbes([probe, lacking], {} as ProbeContext)
  expect((await started.end({ load, host, timeline: null, change: null })).invalid).toEqual(['no value of shop-0'])
})

test('a number that is not finite was not measured', async () => {
  const metrics = { ratio: Number.NaN, rate: Number.POSITIVE_INFINITY, seen: 1 }
  const started = await startProbes([{ ...probe, start: async () => ({ end: async () => ({ metrics }) }) }], {} as ProbeContext)
  expect((await started.end({ load, host, timeline: null, change: null })).metrics).toEqual({ seen: 1 })
})
