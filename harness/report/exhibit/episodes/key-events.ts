// The events of the API server that explain the story, each shown once with its count.
import type { Timeline } from '../../../model/timeline.ts'

type ApiEvent = Timeline['events'][number]

/** An event, and the count of events that differ only in numbers and ids. */
export type KeyEvent = { readonly event: ApiEvent; readonly times: number }

/** Reasons of such events. */
export const keyReasons =
  /^(Evicted|FailedScheduling|Preempted|EvictionThresholdMet|NodeHas(Sufficient|Insufficient|No)?\w*(Memory|Disk)\w*|TaintManagerEviction|FreeDiskSpaceFailed|ImageGCFailed|SystemOOM|OOMKilling|FailedCreatePodSandBox)$/

const alike = ({ reason, message }: ApiEvent): string => `${reason} ${message.replace(/\b[0-9a-f]{64}\b|\d+/g, '0')}`

/** The key events of an episode after the trigger, in order of first occurrence. */
const keyEvents = ({ events }: Timeline): KeyEvent[] => {
  const selected = events.filter(({ atMs, reason }) => atMs >= 0 && keyReasons.test(reason))
  return selected
    .filter((event, index) => selected.findIndex((other) => alike(other) === alike(event)) === index)
    .map((event) => ({ event, times: selected.filter((other) => alike(other) === alike(event)).length }))
}

/** Number of events with this message. */
export const timesSaid = (timeline: Timeline, message: string): number =>
  keyEvents(timeline).find(({ event }) => event.message.trim() === message.trim())?.times ?? 0

/** The key events that were not quoted yet. */
export const unquoted = (timeline: Timeline, quotes: readonly string[]): KeyEvent[] => {
  const said = new Set(quotes.map((quote) => quote.trim()))
  return keyEvents(timeline).filter(({ event }) => !said.has(event.message.trim()))
}
