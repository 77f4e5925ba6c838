// Whom the kubelet evicted, in which order and with what message.
import * as z from 'zod'
import type { Lane } from '../model/timeline.ts'
import { at } from './lane-time.ts'
import { defineTimelineProbe } from './probe.ts'

export const probe = defineTimelineProbe({
  /** `victim`: the group whose evictions are counted apart. `culprit`: the group that causes the pressure; all others are innocent. */
  options: z.strictObject({ victim: z.string().optional(), culprit: z.string() }),
  metrics: ({ victim }) => ({
    evictions: { unit: 'evictions', combined: 'median', observation: 'trial' },
    innocents_evicted: { unit: 'pods', combined: 'median', observation: 'trial' },
    innocents_before_culprit: { unit: 'pods', combined: 'median', observation: 'trial' },
    culprit_evictions: { unit: 'evictions', combined: 'median', observation: 'trial' },
    first_innocent_s: { unit: 's', combined: 'median', observation: 'trial' },
    ...(victim ? { [`${victim}_evictions`]: { unit: 'evictions', combined: 'median', observation: 'trial' } } : {}),
  }),
  read: ({ lanes }, _load, { victim, culprit }) => {
    const evicted = evictionsOf(lanes)
    const innocents = evicted.filter(({ group }) => group !== culprit)
    const first = evicted.findIndex(({ group }) => group === culprit)
    const before = first < 0 ? innocents : evicted.slice(0, first)
    const metrics = {
      evictions: evicted.length,
      innocents_evicted: innocents.length,
      innocents_before_culprit: before.length,
      culprit_evictions: evicted.length - innocents.length,
      ...(innocents[0] ? { first_innocent_s: innocents[0].atMs / 1000 } : {}),
      ...(victim ? { [`${victim}_evictions`]: evicted.filter(({ group }) => group === victim).length } : {}),
    }
    return {
      metrics,
      proof: evicted.map((each, index) => `eviction ${index + 1}, ${each.name} at ${at(each.atMs)}: ${each.text}`),
    }
  },
})

/** Pods that were evicted after the trigger, the first one first. */
const evictionsOf = (lanes: readonly Lane[]) =>
  lanes
    .filter(({ kind }) => kind === 'pod')
    .flatMap(({ name, group, states }) => {
      const entered = states.find(({ state }) => state === 'evicted')
      return entered && entered.atMs >= 0 ? [{ name, group, atMs: entered.atMs, text: entered.text }] : []
    })
    .toSorted((a, b) => a.atMs - b.atMs)
