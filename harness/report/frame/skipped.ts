// The scenarios of a run that this cluster cannot show, each with the reason.
import type { Run } from '../../model/run.ts'
import { skippedMeaning } from './skipped-words.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'

/** The list; null when none was skipped. */
export const skipped = (run: Run): Markup | null =>
  run.skipped.length === 0
    ? null
    : markup`
<div class="banner skipped"><p>${skippedMeaning}</p>
<ul>${run.skipped.map(({ slug, title, reason }) => markup`<li><span class="badge"><span class="symbol" aria-hidden="true">⊘</span>skipped</span> <strong>${title}</strong> (${slug}): ${reason}</li>`)}</ul></div>`
