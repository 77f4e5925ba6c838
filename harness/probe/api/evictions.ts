// Pods that the kubelet evicted, in order, with its messages.
import * as z from 'zod'
import { evictionsOf } from '../../timeline/evictions.ts'
import { at } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'

export const probe = defineTimelineProbe({
  /** `victim`: the group whose evictions are counted apart. `culprit`: the group that causes the pressure; all others are bystanders. */
  options: z.strictObject({ victim: z.string().optional(), culprit: z.string() }),
  metrics: ({ victim }) => ({
    evictions: {
      label: 'evictions',
      meaning: 'pods that the kubelet evicted, of every kind',
      unit: 'evictions',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    bystanders_evicted: {
      label: 'bystanders evicted',
      meaning: 'evicted pods that had not caused the pressure',
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    bystanders_evicted_first: {
      label: 'bystanders evicted first',
      brief: 'bystanders first',
      meaning: 'pods that were evicted before the one that caused the pressure',
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    culprit_evictions: {
      label: 'culprit evictions',
      brief: 'culprit',
      meaning: 'evictions of the pod that caused the pressure',
      unit: 'evictions',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    first_bystander_evicted_s: {
      label: 'first bystander evicted',
      brief: '1st bystander',
      meaning: 'when, from the trigger on, the first pod was evicted that had not caused the pressure',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    ...(victim
      ? {
          [`${victim}_evictions`]: {
            label: `${victim} evictions`,
            brief: `${victim} evicted`,
            meaning: `pods of ${victim} that the kubelet evicted`,
            unit: 'evictions',
            counts: true,
            combined: 'median',
            observation: 'trial',
          },
        }
      : {}),
  }),
  read: (timeline, _load, { victim, culprit }) => {
    const evicted = evictionsOf(timeline)
    const bystanders = evicted.filter(({ group }) => group !== culprit)
    const first = evicted.findIndex(({ group }) => group === culprit)
    const before = first < 0 ? bystanders : evicted.slice(0, first)
    const metrics = {
      evictions: evicted.length,
      bystanders_evicted: bystanders.length,
      bystanders_evicted_first: before.length,
      culprit_evictions: evicted.length - bystanders.length,
      ...(bystanders[0] ? { first_bystander_evicted_s: bystanders[0].atMs / 1000 } : {}),
      ...(victim ? { [`${victim}_evictions`]: evicted.filter(({ group }) => group === victim).length } : {}),
    }
    return {
      metrics,
      proof: evicted.map(({ order, name, atMs, message }) => `eviction ${order}, ${name} at ${at(atMs)}: ${message}`),
    }
  },
})
