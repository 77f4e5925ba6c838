// The post-mortems and documentation a scenario rests on, as plain links.
import type { ScenarioRun } from '../../../model/run.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const scheme = /^https?:\/\//

const source = (address: string): Markup =>
  scheme.test(address)
    ? markup`<li><a href="${address}" rel="noreferrer">${address.replace(scheme, '').replace(/\/$/, '')}</a></li>`
    : markup`<li>${address}</li>`

/** The list of sources; null when there is none. */
export const sources = (scenario: ScenarioRun): Markup | null =>
  scenario.sources.length === 0
    ? null
    : markup`
<section aria-labelledby="${scenario.slug}-sources">
<h2 id="${scenario.slug}-sources">Sources</h2>
<ul class="sources">${scenario.sources.map(source)}</ul>
</section>`
