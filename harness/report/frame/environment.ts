// Where the run took place, and how to read its verdicts and exit codes.
import type { Run } from '../../model/run.ts'
import { environmentWords } from './environment-words.ts'
import { allVerdictWords, exitMeanings } from '../write/verdict-words.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'

/** The end of the page. */
export const environment = (run: Run): Markup => markup`
<section aria-labelledby="environment">
<h2 id="environment">Environment</h2>
<dl class="terms">${environmentWords(run).map(
  ([term, lines]) => markup`<dt>${term}</dt>${lines.map((line) => markup`<dd>${line}</dd>`)}`,
)}</dl>
<h3>How to read a verdict</h3>
<dl class="terms">${allVerdictWords.map(
  ({ symbol, word, means }) => markup`<dt><span class="symbol" aria-hidden="true">${symbol}</span> ${word}</dt><dd>${means}</dd>`,
)}</dl>
<h3>Exit codes</h3>
<dl class="terms">${exitMeanings.map(([code, means]) => markup`<dt>${code}</dt><dd>${means}</dd>`)}</dl>
</section>`
