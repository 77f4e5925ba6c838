// A scenario on the page: the verdicts, the story, and the exhibits.
import type { ScenarioRun } from '../../model/run.ts'
import { exhibits } from '../exhibits.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { headline, subline } from './headline.ts'
import { verdicts } from './verdicts.ts'

/** `alone`: the page's own title already says the headline. */
export const scenarioArticle = (scenario: ScenarioRun, seed: number, alone: boolean): Markup => markup`
<article id="${scenario.slug}">
${alone ? null : markup`<header class="opening"><p class="eyebrow">${scenario.title}</p><h2>${headline(scenario)}</h2><p class="deck">${subline(scenario)}</p></header>`}
${verdicts(scenario)}
<p class="story">${scenario.story}</p>
${exhibits.map(({ page }) => page(scenario, seed))}
</article>`
