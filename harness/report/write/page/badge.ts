// A verdict as a badge: symbol, word and colour say the same.
import type { ArmRun } from '../../../model/run.ts'
import type { Verdict } from '../../../model/verdict.ts'
import { outcomeInterval, outcomeText } from '../outcome-words.ts'
import { verdictWords } from '../verdict-words.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The badge of a verdict. */
export const badge = (verdict: Verdict): Markup => {
  const { symbol, word } = verdictWords(verdict)
  return markup`<span class="badge ${verdict}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span>`
}

/** In how many of its episodes the arm had this verdict; nothing of steady load. */
export const outcome = (arm: ArmRun): Markup | null =>
  outcomeText(arm) === null
    ? null
    : markup`<span class="outcome">${outcomeText(arm)} episodes <span class="range">${outcomeInterval(arm)}</span></span>`

/** What was expected instead; nothing when the arm is as expected. */
export const surprise = (arm: ArmRun): Markup | null =>
  arm.asExpected
    ? null
    : markup`<span class="surprise"><span aria-hidden="true">≠</span> expected ${verdictWords(arm.expected).word}</span>`
