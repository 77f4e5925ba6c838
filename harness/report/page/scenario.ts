// A scenario on the page: the verdict, the picture, the evidence, the method, in this order.
import type { ScenarioRun } from '../../model/run.ts'
import { headline, subline } from '../words/headline.ts'
import { compared } from './compared.ts'
import { costs } from './costs.ts'
import { episodes } from './episodes.ts'
import { latency } from './latency.ts'
import { manifests } from './manifests.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { method } from './method.ts'
import { operator } from './operator.ts'
import { podsOverTime } from './pods-over-time.ts'
import { predicted } from './predicted.ts'
import { proof } from './proof.ts'
import { sources } from './sources.ts'
import { throttling } from './throttling.ts'
import { verdicts } from './verdicts.ts'

/** `alone`: the page's own title already says the headline. */
export const scenarioArticle = (scenario: ScenarioRun, seed: number, alone: boolean): Markup => markup`
<article id="${scenario.slug}">
${alone ? null : markup`<header class="opening"><p class="eyebrow">${scenario.title}</p><h2>${headline(scenario)}</h2><p class="deck">${subline(scenario)}</p></header>`}
${verdicts(scenario)}
<p class="story">${scenario.story}</p>
${episodes(scenario)}
${podsOverTime(scenario)}
${throttling(scenario)}
${latency(scenario)}
${compared(scenario)}
${predicted(scenario)}
${operator(scenario)}
${costs(scenario)}
${proof(scenario)}
${manifests(scenario)}
${method(scenario, seed)}
${sources(scenario)}
</article>`
