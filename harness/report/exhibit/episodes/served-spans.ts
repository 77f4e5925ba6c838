// When a Service had a ready endpoint and when it had none, once its pods were deployed.
import type { Lane } from '../../../model/timeline.ts'
import { spansOf } from '../../../timeline/lane-spans.ts'
import type { Span } from '../../../timeline/lane-spans.ts'
import type { Episode } from '../../facts/episode.ts'

/** The spans of the lane after the story had deployed the server of the client; none begins before that. */
export const servedSpans = (lane: Lane, { timeline, calledFromMs }: Episode): Span[] =>
  spansOf(lane, timeline)
    .filter(({ toMs }) => toMs > calledFromMs)
    .map((span) => ({ ...span, fromMs: Math.max(span.fromMs, calledFromMs) }))
