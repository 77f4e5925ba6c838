// How verdicts and kinds of arm are said: a symbol beside each word, so that colour never speaks alone.
import type { Verdict } from '../../model/verdict.ts'

type VerdictWords = { readonly symbol: string; readonly word: string; readonly means: string }

const words: Record<Verdict, VerdictWords> = {
  healthy: { symbol: '✓', word: 'healthy', means: 'control works as it should, so it can be compared with' },
  reproduced: { symbol: '●', word: 'reproduced', means: 'the incident happened, cause and effect' },
  'not-reproduced': { symbol: '○', word: 'not reproduced', means: 'the incident did not happen under these conditions' },
  fixed: { symbol: '✓', word: 'fixed', means: 'the cause is gone and the effect is back within tolerance of control' },
  mitigated: { symbol: '◐', word: 'mitigated', means: 'better than the incident, but the cause is still there' },
  'no-effect': { symbol: '–', word: 'no effect', means: 'no better than the incident' },
  worse: { symbol: '▼', word: 'worse', means: 'worse than the incident' },
  harmed: { symbol: '◆', word: 'harmed', means: 'what the remedy exposes the system to does harm, compared with control' },
  unharmed: { symbol: '◇', word: 'unharmed', means: 'what the remedy exposes the system to does no harm, compared with control' },
  inconclusive: { symbol: '?', word: 'inconclusive', means: 'the evidence does not carry an answer; this is never a pass' },
}

/** Symbol, word and meaning of a verdict. */
export const verdictWords = (verdict: Verdict): VerdictWords => words[verdict]

/** All verdicts with what they mean, in the order they are explained. */
export const allVerdictWords: readonly VerdictWords[] = Object.values(words)

/** Exit codes of a run and what they say of its verdicts. */
export const exitMeanings: readonly (readonly [code: number, means: string])[] = [
  [0, 'every arm got the verdict expected of it'],
  [1, 'an arm got another verdict than expected'],
  [4, 'inconclusive: the evidence does not carry an answer'],
]
