// A scenario on its page: the verdicts, the story, and the exhibits.
import type { ScenarioRun } from '../../model/run.ts'
import { exhibits } from '../exhibits.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { verdicts } from './verdicts.ts'

/** All that is below the page's title. */
export const scenarioArticle = (scenario: ScenarioRun, seed: number): Markup => markup`
<article id="${scenario.slug}">
<section aria-labelledby="${scenario.slug}-verdicts">
<h2 id="${scenario.slug}-verdicts" class="unseen">Verdicts</h2>
${verdicts(scenario)}
</section>
<p class="story">${scenario.story}</p>
${exhibits.map(({ page }) => page(scenario, seed))}
</article>`
