// The story of an episode in words: harmed pods, messages of the node and the scheduler, the end.
import type { Lane, Timeline } from '../../../model/timeline.ts'
import { callSeconds, downs } from '../../../timeline/client-calls.ts'
import type { Episode } from '../../facts/episode.ts'
import { inState, spansOf } from '../../../timeline/lane-spans.ts'
import type { Span } from '../../../timeline/lane-spans.ts'
import { stuckMs } from './lane-words.ts'
import { podLanes } from './pod-lanes.ts'
import type { PodLane } from './pod-lanes.ts'
import { servedSpans } from './served-spans.ts'
import { capital } from '../../write/capital.ts'
import { ordinal } from '../../write/ordinal.ts'
import { stateWord } from './state-words.ts'
import { atTime, lengthText } from '../../write/time-words.ts'

/** An event of the story, in ms from the trigger; `quote`: the cluster's message, empty if none. */
export type StoryLine = { readonly atMs: number; readonly what: string; readonly quote: string }

/** The story omits pods that are pending for less than this many ms. */
const waitsMs = 3000

const line = (atMs: number, what: string, quote = ''): StoryLine => ({ atMs, what, quote })

const actionLines = ({ timeline }: Episode): StoryLine[] => [
  ...(timeline.actions.every(({ what }) => what !== 'trigger')
    ? [line(0, 'The other arms are triggered here; this arm has no trigger.')]
    : []),
  ...timeline.actions.map(({ atMs, what }) =>
    line(atMs, what === 'trigger' ? 'The lab applies the trigger.' : `${capital(what)}.`),
  ),
]

const clientLines = (episode: Episode): StoryLine[] => {
  const seconds = callSeconds(episode.timeline, episode.trial.load).filter(({ fromMs }) => fromMs >= episode.calledFromMs)
  const firstAnsweredMs = seconds.find(({ answered }) => answered > 0)?.fromMs ?? Infinity
  const lastAnsweredMs = seconds.findLast(({ answered }) => answered > 0)?.fromMs ?? -Infinity
  return downs(seconds).flatMap(({ fromMs, toMs }) => [
    line(fromMs, 'Client down: no call succeeds from here.'),
    ...(lastAnsweredMs > fromMs
      ? [
          line(
            toMs,
            `${firstAnsweredMs < fromMs ? 'Client recovers' : 'First reply to the client'} after ${lengthText(toMs - fromMs)}.`,
          ),
        ]
      : []),
  ])
}

/** A change of state; `isAgain`: it was in that state before. */
type Change = Span & { readonly isAgain: boolean }

/** Changes of a node or a Service since the client began, without its initial state. */
const changes = (episode: Episode, lane: Lane): Change[] =>
  (lane.kind === 'service' ? servedSpans(lane, episode) : spansOf(lane, episode.timeline))
    .map((span, index, all) => ({ ...span, isAgain: all.slice(0, index).some(({ state }) => state === span.state) }))
    .filter(({ toMs }) => toMs > episode.shownFromMs)
    .filter(({ state, fromMs, isAgain }) => !usual.has(state) || isAgain || fromMs > Math.max(0, episode.shownFromMs))

/** Healthy states of a node or a Service. */
const usual: ReadonlySet<string> = new Set(['ready', 'served'])

const laneLines = (episode: Episode): StoryLine[] =>
  episode.timeline.lanes
    .filter(({ kind }) => kind === 'node' || kind === 'service')
    .flatMap((lane) =>
      changes(episode, lane).map(({ fromMs, state, text, isAgain }) =>
        lane.kind === 'node'
          ? line(fromMs, `Node ${lane.name}: ${state === 'ready' ? 'ready, no pressure' : stateWord(state)}.`, text)
          : line(
              fromMs,
              `Service ${lane.name}: ${state === 'served' ? `has a ready endpoint${isAgain ? ' again' : ''}` : 'no ready endpoint'}.`,
            ),
      ),
    )

/** Changes of observed values, and whether each is current. */
const valueLines = ({ timeline }: Episode): StoryLine[] =>
  timeline.lanes
    .filter(({ kind }) => kind === 'value')
    .flatMap((lane) =>
      spansOf(lane, timeline)
        .slice(1)
        .map(({ fromMs, state, text }) =>
          line(fromMs, `${capital(lane.name)}: ${text}${state === 'stale' ? `, ${stateWord(state)}` : ''}.`),
        ),
    )

const evictionLines = ({ evictions, group }: PodLane): StoryLine[] => {
  const [one, last] = [evictions[0], evictions.at(-1)]
  if (one === undefined || last === undefined) return []
  return evictions.length === 1
    ? [line(one.atMs, `${ordinal(one.order)} eviction: ${one.name}.`, one.message)]
    : [
        line(
          one.atMs,
          `${ordinal(one.order)} to ${ordinal(last.order)} eviction, until ${atTime(last.atMs)}: ${evictions.length} pods of ${group}.`,
          one.message,
        ),
      ]
}

const preemptionLines = ({ preemptions }: PodLane): StoryLine[] =>
  preemptions.map(({ atMs, name, message }) => line(atMs, `${name} is preempted.`, message))

/** `isOpen`: the longest wait had not ended when the episode did. */
const waitWords = (several: boolean, isOpen: boolean): string => {
  if (several) return isOpen ? 'stay pending, one of them for at least' : 'stay pending for up to'
  return isOpen ? 'stays pending for at least' : 'stays pending for'
}

/** Pods created after the trigger: how long they waited, and when they were ready; stuck pods: since when. */
const podLines = (lane: PodLane, timeline: Timeline): StoryLine[] => {
  const { pods, strands, group } = lane
  const [several, who] = [pods.length > 1, pods.length > 1 ? `${pods.length} pods of ${group}` : (pods[0]?.name ?? '')]
  const waits = strands.flatMap((spans) => inState(spans, 'pending')).filter(({ toMs }) => toMs > 0)
  const longest = Math.max(0, ...waits.map(({ fromMs, toMs }) => toMs - fromMs))
  const isOpen = waits.some(({ fromMs, toMs }) => toMs === timeline.toMs && toMs - fromMs === longest)
  const ready = strands.flatMap((spans) => inState(spans, 'ready').slice(0, 1)).filter(({ fromMs }) => fromMs > 0)
  const [wait] = waits
  const stuck = stuckMs(lane, timeline)
  return [
    ...(stuck > 0 ? [line(timeline.toMs - stuck, `${who} ${several ? 'hang' : 'hangs'} in Terminating, to the end.`)] : []),
    ...(wait === undefined || longest < waitsMs
      ? []
      : [line(wait.fromMs, `${who} ${waitWords(several, isOpen)} ${lengthText(longest)}.`, wait.text)]),
    ...(ready.length === 0
      ? []
      : [line(Math.max(...ready.map(({ fromMs }) => fromMs)), `${who} ${several ? 'are all' : 'is'} ready.`)]),
  ]
}

/** Drops repeated quotes. */
const quotedOnce = (lines: readonly StoryLine[]): StoryLine[] =>
  lines.map((each, index) => (lines.findIndex(({ quote }) => quote === each.quote) < index ? { ...each, quote: '' } : each))

/** The lines of an episode in order of time, from the trigger to the end. */
export const episodeStory = (episode: Episode): StoryLine[] => {
  const { timeline } = episode
  const lines = [
    ...actionLines(episode),
    ...laneLines(episode),
    ...valueLines(episode),
    ...podLanes(timeline).flatMap((lane) => [...evictionLines(lane), ...preemptionLines(lane), ...podLines(lane, timeline)]),
    ...clientLines(episode),
  ]
  return [...quotedOnce(lines.toSorted((a, b) => a.atMs - b.atMs)), line(timeline.toMs, `End: ${timeline.ended}.`)]
}
