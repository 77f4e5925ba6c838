// From the changes of a lane to the spans it spent in each state.
import type { Lane, Timeline } from '../model/timeline.ts'

/** A stretch of time, in ms from the trigger. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** How long stretches last together, in ms. */
export const totalMs = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)

/** A span in one state; `text`: its last text. */
export type Span = Stretch & { readonly state: string; readonly text: string }

/** The spans of a lane to the end of the episode: one for each change of state, or of a value; none while the object is gone. */
export const spansOf = (lane: Lane, { toMs: endMs }: Timeline): Span[] => {
  const spans: Span[] = []
  for (const [index, { atMs, state, text }] of lane.states.entries()) {
    const toMs = Math.min(endMs, lane.states[index + 1]?.atMs ?? endMs)
    const last = spans.at(-1)
    const isSame = last?.state === state && (lane.kind !== 'value' || last.text === text)
    if (isSame) spans.splice(-1, 1, { ...last, toMs, text: text === '' ? last.text : text })
    else spans.push({ fromMs: atMs, toMs, state, text })
  }
  return spans.filter(({ state, fromMs, toMs }) => state !== 'gone' && toMs > fromMs)
}

/** The stretches of a lane in any of some states. */
export const inState = (spans: readonly Span[], ...states: readonly string[]): Span[] =>
  spans.filter(({ state }) => states.includes(state))
