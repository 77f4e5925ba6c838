// A comparison as one page without scripts.
import type { RunDiff } from '../../diff/run-diff.ts'
import { sectionHtml } from '../../report/document/html.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { diffSections } from './document.ts'
import { headline } from './headline.ts'
import { runsOf } from './words.ts'

/** The whole document. */
export const diffPage = (diff: RunDiff): string =>
  htmlDocument(
    headline(diff),
    markup`<header class="masthead">
${brand}
${heading(headline(diff))}
${factList(runsOf(diff).map(([which, run]) => `${which}: ${run}`))}
</header>
${diffSections(diff).map(sectionHtml)}`,
  )
