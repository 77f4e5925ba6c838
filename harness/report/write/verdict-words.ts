// Words for verdicts and kinds of arm, each with a symbol, so that meaning never depends on colour alone.
import type { Verdict } from '../../model/verdict.ts'

type VerdictWords = { readonly symbol: string; readonly word: string; readonly means: string }

const words: Record<Verdict, VerdictWords> = {
  healthy: { symbol: '✓', word: 'healthy', means: 'control works, so arms can be compared with it' },
  reproduced: { symbol: '●', word: 'reproduced', means: 'the incident happened, cause and effect' },
  'not-reproduced': { symbol: '○', word: 'not reproduced', means: 'the incident did not happen under these conditions' },
  fixed: { symbol: '✓', word: 'fixed', means: 'the cause is gone and the effect is back within tolerance of control' },
  mitigated: { symbol: '◐', word: 'mitigated', means: 'better than the incident, but the cause is still there' },
  'no-effect': { symbol: '–', word: 'no effect', means: 'no better than the incident' },
  worse: { symbol: '▼', word: 'worse', means: 'worse than the incident' },
  harmed: { symbol: '◆', word: 'harmed', means: 'a risk of the remedy that does harm, compared with control' },
  unharmed: { symbol: '◇', word: 'unharmed', means: 'a risk of the remedy that does no harm, compared with control' },
  inconclusive: { symbol: '?', word: 'inconclusive', means: 'the evidence is not enough; never a pass' },
}

/** Symbol, word and meaning of a verdict. */
export const verdictWords = (verdict: Verdict): VerdictWords => words[verdict]

/** All verdicts with their meanings, in order of explanation. */
export const allVerdictWords: readonly VerdictWords[] = Object.values(words)

/** Exit codes of a run and their meaning for its verdicts. */
export const exitMeanings: readonly (readonly [code: number, means: string])[] = [
  [0, 'every arm got its expected verdict'],
  [1, 'an arm got an unexpected verdict'],
  [4, 'inconclusive: the evidence is not enough'],
]
