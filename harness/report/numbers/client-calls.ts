// What the client got, second by second from the trigger, and when it was down.
import { loadStartMs } from './episode.ts'
import type { Episode } from './episode.ts'

/** A stretch of time, in ms from the trigger. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** The calls of one second that were answered, and those that were not: failed, or not even sent. */
export type CallSecond = Stretch & { readonly answered: number; readonly failed: number }

/** The seconds of an episode's load on the time axis of its timeline. */
export const callSeconds = (episode: Episode): CallSecond[] => {
  const startMs = loadStartMs(episode)
  return episode.trial.load.perSecond.map(({ second, pods, failed, notSent }) => ({
    fromMs: startMs + second * 1000,
    toMs: startMs + (second + 1) * 1000,
    answered: Object.values(pods).reduce((sum, count) => sum + count, 0),
    failed: failed + notSent,
  }))
}

/** Joins stretches that touch. */
const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const all: Stretch[] = []
  for (const { fromMs, toMs } of stretches) {
    const last = all.at(-1)
    if (last !== undefined && fromMs - last.toMs < 1) all.splice(-1, 1, { fromMs: last.fromMs, toMs })
    else all.push({ fromMs, toMs })
  }
  return all
}

/** When the client was down: whole seconds in which calls were due and none was answered. */
export const downs = (seconds: readonly CallSecond[]): Stretch[] =>
  joined(seconds.filter(({ answered, failed }) => failed > 0 && answered === 0))

/** How long stretches last together, in ms. */
export const lasting = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
