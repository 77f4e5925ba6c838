// When a Service had a ready endpoint and when it had none, from when there was somebody to serve it.
import type { Lane } from '../../../model/timeline.ts'
import { spansOf } from '../../../timeline/lane-spans.ts'
import type { Span } from '../../../timeline/lane-spans.ts'
import type { Episode } from '../../facts/episode.ts'

/** The spans of the lane that last beyond the moment at which the story had deployed what the client calls; none begins before it. */
export const servedSpans = (lane: Lane, { timeline, calledFromMs }: Episode): Span[] =>
  spansOf(lane, timeline)
    .filter(({ toMs }) => toMs > calledFromMs)
    .map((span) => ({ ...span, fromMs: Math.max(span.fromMs, calledFromMs) }))
