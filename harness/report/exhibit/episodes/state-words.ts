// Names of lane states, in a bar and in a sentence.
import type { LaneState } from '../../../model/timeline.ts'

const words: Record<LaneState, string> & Readonly<Record<string, string | undefined>> = {
  pending: 'pending',
  starting: 'starting',
  ready: 'ready',
  unready: 'not ready',
  terminating: 'ending',
  evicted: 'evicted',
  failed: 'failed',
  succeeded: 'done',
  gone: 'gone',
  'memory-pressure': 'memory pressure',
  'disk-pressure': 'disk pressure',
  'not-ready': 'not ready',
  served: 'served',
  unserved: 'unserved',
  current: 'current',
  stale: 'stale',
}

/** A state in a word or two; states of probes keep their own names. */
export const stateWord = (state: string): string => words[state] ?? state.replaceAll('-', ' ')
