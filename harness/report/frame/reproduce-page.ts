// How to repeat the run, and its numbers, on a page.
import type { Run } from '../../model/run.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { reportLinks } from './links.ts'
import { noCommandWords, reproduceCommand, reproduceTerms } from './reproduce.ts'

/** The section. */
export const reproducePage = (run: Run): Markup => {
  const command = reproduceCommand(run)
  return markup`
<section aria-labelledby="reproduce">
<h2 id="reproduce">Reproduce this</h2>
${command === null ? markup`<p class="lead">${noCommandWords}</p>` : markup`<pre class="command"><code>${command}</code></pre>`}
<dl class="terms">${reproduceTerms(run).map(([term, words]) => markup`<dt>${term}</dt><dd>${words}</dd>`)}
<dt>Beside this page</dt><dd><ul>${reportLinks.map(({ file, holds }) => markup`<li><a href="${file}">${file}</a>: ${holds}</li>`)}</ul></dd></dl>
</section>`
}
