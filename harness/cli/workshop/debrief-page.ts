// The debriefing: one page without scripts about what a learner saw and did, the results, and what to remember.
import { basename } from 'node:path'
import { htmlDocument } from '../../report/write/page/document.ts'
import { lead, wordTable } from '../../report/document/elements.ts'
import type { Section } from '../../report/document/elements.ts'
import { sectionHtml } from '../../report/document/html.ts'
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
  const { started, last } = story
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
${sections(record).map(sectionHtml)}`,
    '.client { min-width: 40rem }', // a phone scrolls it instead of shrinking it
  )
}

const sections = (record: readonly Line[]): Section[] => {
  const { started, checks } = factsOf(record)
  return [
    {
      id: 'client',
      title: 'Results of the client',
      isWide: true,
      elements: [
        lead(
          'Failed requests and 99th percentile of latency per window; no data while a check measures. A line marks each change, check or hint.',
        ),
        { element: 'drawing', draw: () => markup`<figure class="scroll" tabindex="0">${clientChart(record)}</figure>` },
      ],
    },
    {
      id: 'happened',
      title: 'What happened',
      elements: wordTable(
        'What happened',
        ['after', 'what'],
        doneWords(record).map(({ at, what }) => [elapsed(started.at, at), what]),
      ),
    },
    {
      id: 'checks',
      title: 'Checks',
      elements: wordTable(
        'Checks',
        ['check', 'verdict', 'reason', 'report'],
        checks.map(({ verdict, reason, like, report }, index) => [
          String(index + 1),
          verdictWords(verdict).word,
          like ? `${reason}. The change matches ${like.arm}: ${like.summary}` : reason,
          `${basename(report)}/report.html`,
        ]),
      ),
    },
    {
      id: 'repairs',
      title: 'Known repairs',
      elements: wordTable(
        'Known repairs',
        ['repair', 'kind', 'description', 'cost'],
        started.known.map(({ name, kind, summary, costs }) => [name, kind, summary, costs.join('; ')]),
      ),
    },
    { id: 'remember', title: 'What to remember', elements: [{ element: 'list', items: started.remember }] },
    {
      id: 'reading',
      title: 'Further reading',
      elements: [{ element: 'list', items: started.sources.map((to) => ({ piece: 'link', to, text: to })) }],
    },
  ]
}
