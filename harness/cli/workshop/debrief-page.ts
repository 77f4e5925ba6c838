// The debriefing: one page without scripts about what a learner saw, did and got, and what to take home.
import { basename } from 'node:path'
import { htmlDocument } from '../../report/write/page/document.ts'
import { gridSection } from '../../report/write/page/grid.ts'
import { markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { elapsed, moment } from '../../report/write/date.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'
import type { Line } from '../../workshop/record.ts'
import { clientChart } from './client-chart.ts'
import { answerWords, doneWords, factsOf } from './story.ts'

/** The whole document. */
export const debriefPage = (record: readonly Line[]): string => {
  const story = factsOf(record)
  const { started, checks, last } = story
  const title = answerWords(story)
  return htmlDocument(
    title,
    markup`<header class="masthead">
${brand}
<p class="eyebrow">${started.learner}: ${started.title}</p>
${heading(title)}
<p class="deck">${started.pager}</p>
${factList([moment(started.at), `took ${elapsed(started.at, last.at)}`, `${story.hints} of 3 hints`])}
</header>
<section class="wide">
<h2>What the client got</h2>
<p class="lead">Failed requests and the 99th percentile of latency, window by window; while a check measures, nothing. A line marks what was changed, measured or asked.</p>
<figure class="scroll" tabindex="0">${clientChart(record)}</figure>
</section>
${gridSection(
  'What happened',
  ['after', 'what'],
  doneWords(record).map(({ at, what }) => [elapsed(started.at, at), what]),
)}
${gridSection(
  'Checks',
  ['check', 'verdict', 'what it rests on', 'report'],
  checks.map(({ verdict, reason, like, report }, index) => [
    String(index + 1),
    verdictWords(verdict).word,
    like ? `${reason}. What was changed is like ${like.arm}: ${like.summary}` : reason,
    `${basename(report)}/report.html`,
  ]),
)}
${gridSection(
  'Repairs that are known',
  ['repair', 'kind', 'what it is', 'what it costs'],
  started.known.map(({ name, kind, summary, costs }) => [name, kind, summary, costs.join('; ')]),
)}
<section>
<h2>What to remember</h2>
<ul>${started.remember.map((each) => markup`<li>${each}</li>`)}</ul>
<h2>Further reading</h2>
<ul>${started.sources.map((url) => markup`<li><a href="${url}">${url}</a></li>`)}</ul>
</section>`,
    '.client { min-width: 40rem }', // on a phone it is moved, not shrunk
  )
}
