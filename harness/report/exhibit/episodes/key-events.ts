// The events of the API server that explain the story, each shown once with how often it came.
import type { Timeline } from '../../../model/timeline.ts'

type ApiEvent = Timeline['events'][number]

/** An event, and how many there were that differ in numbers and ids alone. */
export type KeyEvent = { readonly event: ApiEvent; readonly times: number }

/** What such events give as their reason. */
export const keyReasons =
  /^(Evicted|FailedScheduling|Preempted|EvictionThresholdMet|NodeHas(Sufficient|Insufficient|No)?\w*(Memory|Disk)\w*|TaintManagerEviction|FreeDiskSpaceFailed|ImageGCFailed|SystemOOM|OOMKilling|FailedCreatePodSandBox)$/

const alike = ({ reason, message }: ApiEvent): string => `${reason} ${message.replace(/\b[0-9a-f]{64}\b|\d+/g, '0')}`

/** The key events of an episode from the trigger on, in the order in which each first came. */
const keyEvents = ({ events }: Timeline): KeyEvent[] => {
  const selected = events.filter(({ atMs, reason }) => atMs >= 0 && keyReasons.test(reason))
  return selected
    .filter((event, index) => selected.findIndex((other) => alike(other) === alike(event)) === index)
    .map((event) => ({ event, times: selected.filter((other) => alike(other) === alike(event)).length }))
}

/** How often an event said this; 0: none did. */
export const timesSaid = (timeline: Timeline, message: string): number =>
  keyEvents(timeline).find(({ event }) => event.message.trim() === message.trim())?.times ?? 0

/** The key events that are not among what was quoted already. */
export const unquoted = (timeline: Timeline, quotes: readonly string[]): KeyEvent[] => {
  const said = new Set(quotes.map((quote) => quote.trim()))
  return keyEvents(timeline).filter(({ event }) => !said.has(event.message.trim()))
}
