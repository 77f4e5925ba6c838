// How long a group of pods waited for a node with none of them ready, the scheduler's messages, and the pods it preempted.
import * as z from 'zod'
import type { Timeline } from '../../model/timeline.ts'
import { at, rangesOf, longestSeconds, without } from '../../timeline/time-range.ts'
import type { TimeRange } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'
import { parseSchedulerMessage } from '../kit/scheduler-message.ts'

export const probe = defineTimelineProbe({
  /** `of`: the group. */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_pending_s`]: {
      label: `${of} pending`,
      meaning: `the longest time in which a pod of ${of} waited for a node and none was ready; an episode may have ended before it got one`,
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_priority`]: {
      label: `priority of ${of}`,
      meaning: 'spec.priority as admission set it: a pod without a PriorityClass has 0, as any other has',
      unit: '',
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_replacements`]: {
      label: `${of} replacements`,
      meaning: `pods of ${of} that were made after the trigger`,
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    no_preemption_victims: {
      label: 'no preemption victims',
      brief: 'no victims',
      meaning: 'nodes of which the scheduler said that no pod there may be preempted for the one that waits, at most at once',
      unit: 'nodes',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    preempted: {
      label: 'preempted pods',
      brief: 'preempted',
      meaning: 'pods that the scheduler removed for one of a higher priority',
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_blocked_by_taint`]: {
      label: `${of} kept out by a taint`,
      brief: `${of} kept out`,
      meaning: `whether a pod of ${of} was pending while the node had a taint because of its condition`,
      unit: 'yes',
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, _load, { of }) => {
    const own = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const pending = own.flatMap((lane) => rangesOf(lane, ['pending'], timeline))
    const waiting = without(
      pending,
      own.flatMap((lane) => rangesOf(lane, ['ready'], timeline)),
    )
    const said = messagesOf(timeline, of)
    const counts = said.map((text) => parseSchedulerMessage(text))
    const preempted = timeline.events.filter(({ atMs, kind, reason }) => atMs >= 0 && kind === 'Pod' && reason === 'Preempted')
    const metrics = {
      [`${of}_pending_s`]: longestSeconds(waiting),
      ...(own.length > 0 ? { [`${of}_priority`]: Math.min(...own.map(({ pod }) => pod?.priority ?? 0)) } : {}),
      [`${of}_replacements`]: own.filter(({ states }) => (states[0]?.atMs ?? 0) > 0).length,
      no_preemption_victims: Math.max(
        0,
        ...counts.flatMap((each) => each?.preemption.filter(isWithoutVictims).map(({ nodes }) => nodes) ?? []),
      ),
      preempted: preempted.length,
      [`${of}_blocked_by_taint`]: without(pending, without(pending, taintedRanges(timeline))).length > 0 ? 1 : 0,
    }
    return {
      metrics,
      proof: [
        ...own.map(({ name, pod }) => `${name}: priority ${pod?.priority ?? 0}, ${pod?.qos}`),
        ...said.map((text) => `scheduler, of ${of}: ${text}`),
        ...preempted.map(({ atMs, name, message }) => `preempted ${name} at ${at(atMs)}: ${message}`),
      ],
    }
  },
})

/** Ranges in which the node had a taint because of its condition. */
const taintedRanges = (timeline: Timeline): TimeRange[] => {
  const states = timeline.lanes.find(({ kind }) => kind === 'node')?.states ?? []
  return states.flatMap(({ atMs, text }, index): TimeRange[] =>
    text.includes('taint node.kubernetes.io/') ? [[atMs, states[index + 1]?.atMs ?? timeline.toMs]] : [],
  )
}

const isWithoutVictims = ({ why }: { readonly why: string }): boolean => /no preemption victims/i.test(why)

/** Distinct scheduler messages about the group's pods after the trigger. */
const messagesOf = ({ events, lanes }: Timeline, of: string): string[] => {
  const names = new Set(lanes.filter(({ group }) => group === of).map(({ name }) => name))
  const said = events.filter(({ atMs, name, reason }) => atMs >= 0 && names.has(name) && reason === 'FailedScheduling')
  return [...new Set(said.map(({ message }) => message))]
}
