// A verdict as a badge: symbol, word and colour say the same.
import type { ArmRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { verdictWords } from '../words/verdict-words.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The badge of a verdict. */
export const badge = (verdict: Verdict): Markup => {
  const { symbol, word } = verdictWords(verdict)
  return markup`<span class="badge ${verdict}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span>`
}

/** What was expected instead; nothing when the arm is as expected. */
export const surprise = (arm: ArmRun): Markup | null =>
  arm.asExpected
    ? null
    : markup`<span class="surprise"><span aria-hidden="true">≠</span> expected ${verdictWords(arm.expected).word}</span>`
