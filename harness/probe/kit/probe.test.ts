import { expect, test } from 'vitest'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { fullDisk } from '../../test/fixtures/recorded-episodes.ts'
import { probe as clientDowntime } from '../load/client-downtime.ts'
import { probe as evictions } from '../api/evictions.ts'
import { probe as nodePressure } from '../api/node-pressure.ts'
import type { Observation, Probe } from './probe.ts'
import { probe as scheduling } from '../api/scheduling.ts'
import { probe as serviceEndpoints } from '../api/service-endpoints.ts'

const probes: readonly (readonly [Probe, object])[] = [
  [clientDowntime, {}],
  [evictions, { culprit: 'flooder', victim: 'orders' }],
  [nodePressure, { condition: 'disk-pressure' }],
  [scheduling, { of: 'newcomer' }],
  [serviceEndpoints, { service: 'orders' }],
]

test('a probe that reads a timeline refuses a steady trial, as wrong usage', async () => {
  for (const [probe, options] of probes)
    await expect(readTimeline(probe, options, null)).rejects.toMatchObject({
      exit: 'usage',
      message: expect.stringContaining('timeline'),
    })
})

test('every metric a probe yields is one it defines, and vice versa', async () => {
  const keys = ({ metrics }: Pick<Observation, 'metrics'>): string[] => Object.keys(metrics).toSorted()
  for (const [probe, options] of probes) {
    const read = await readTimeline(probe, options, fullDisk.timeline, fullDisk.load)
    expect(keys(read)).toEqual(keys({ metrics: probe.metrics(probe.options.parse(options)) as never }))
  }
})
