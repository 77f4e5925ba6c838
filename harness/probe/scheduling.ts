// How long a group of pods waited for a node with none of them ready, what the scheduler said, and whom it made room for it with.
import * as z from 'zod'
import type { Timeline } from '../model/timeline.ts'
import { at, intervalsOf, longestSeconds, without } from './lane-time.ts'
import type { Interval } from './lane-time.ts'
import { defineTimelineProbe } from './probe.ts'
import { parseSchedulerMessage } from './scheduler-message.ts'

export const probe = defineTimelineProbe({
  /** `of`: the group. */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_pending_s`]: { unit: 's', combined: 'median', observation: 'trial' },
    [`${of}_priority`]: { unit: '', combined: 'median', observation: 'trial' },
    [`${of}_replacements`]: { unit: 'pods', combined: 'median', observation: 'trial' },
    no_preemption_victims: { unit: 'nodes', combined: 'median', observation: 'trial' },
    preempted: { unit: 'pods', combined: 'median', observation: 'trial' },
    [`${of}_blocked_by_taint`]: { unit: 'yes', combined: 'median', observation: 'trial' },
  }),
  read: (timeline, _load, { of }) => {
    const own = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const pending = own.flatMap((lane) => intervalsOf(lane, ['pending'], timeline))
    const waiting = without(
      pending,
      own.flatMap((lane) => intervalsOf(lane, ['ready'], timeline)),
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
      [`${of}_blocked_by_taint`]: without(pending, without(pending, taintedIntervals(timeline))).length > 0 ? 1 : 0,
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

/** Where the node had a taint because of its condition. */
const taintedIntervals = (timeline: Timeline): Interval[] => {
  const states = timeline.lanes.find(({ kind }) => kind === 'node')?.states ?? []
  return states.flatMap(({ atMs, text }, index): Interval[] =>
    text.includes('taint node.kubernetes.io/') ? [[atMs, states[index + 1]?.atMs ?? timeline.toMs]] : [],
  )
}

const isWithoutVictims = ({ why }: { readonly why: string }): boolean => /no preemption victims/i.test(why)

/** Each thing the scheduler said of the group's pods after the trigger, once. */
const messagesOf = ({ events, lanes }: Timeline, of: string): string[] => {
  const names = new Set(lanes.filter(({ group }) => group === of).map(({ name }) => name))
  const said = events.filter(({ atMs, name, reason }) => atMs >= 0 && names.has(name) && reason === 'FailedScheduling')
  return [...new Set(said.map(({ message }) => message))]
}
