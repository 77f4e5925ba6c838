// The picture of episodes: what happened and when, a panel per arm on one time axis, and below each its story in words.
import { episodeDescription, episodePanel } from './picture/panel.ts'
import { episodeSizes } from './picture/scale.ts'
import type { SharedScale } from './picture/scale.ts'
import type { ScenarioRun } from '../../../model/run.ts'
import { callSeconds } from '../../../timeline/client-calls.ts'
import { episodesOf } from '../../facts/episode.ts'
import type { Episode } from '../../facts/episode.ts'
import { episodesLead, whichEpisode } from './words.ts'
import { verdictWords } from '../../write/verdict-words.ts'
import { armName } from '../../write/page/arm-name.ts'
import { badge } from '../../write/page/badge.ts'
import { episodeKey } from './key.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { story } from './story-page.ts'

const highest = (values: readonly number[]): number => Math.max(1, ...values)

const sharedScale = (episodes: readonly Episode[]): SharedScale => {
  const series = episodes.flatMap(({ trial }) => Object.entries(trial.series))
  return {
    fromMs: Math.min(...episodes.map(({ shownFromMs }) => shownFromMs)),
    toMs: Math.max(...episodes.map(({ timeline }) => timeline.toMs)),
    callsPerSecond: highest(
      episodes
        .flatMap(({ timeline, trial }) => callSeconds(timeline, trial.load))
        .map(({ answered, failed }) => answered + failed),
    ),
    mostOf: Object.fromEntries(
      series.map(([name]) => [
        name,
        highest(series.filter(([other]) => other === name).flatMap(([, { points }]) => points.map(([, value]) => value))),
      ]),
    ),
  }
}

const panel = (scenario: ScenarioRun, episode: Episode, shared: SharedScale): Markup => {
  const { arm } = episode
  return markup`
<figure class="row">
<figcaption><h3>${armName(arm)} ${badge(arm.verdict)}</h3><p>${whichEpisode(scenario, episode)}</p></figcaption>
${episodeSizes.map((size) =>
  episodePanel(
    {
      id: `${scenario.slug}-episode-${arm.name}-${size.name}`,
      className: `sized ${size.name}`,
      title: `What happened, when: ${arm.name}, ${verdictWords(arm.verdict).word}`,
      description: episodeDescription(episode),
    },
    episode,
    shared,
    size,
  ),
)}
${story(episode)}
</figure>`
}

/** The figure; null where no arm has an episode that counts. */
export const episodes = (scenario: ScenarioRun): Markup | null => {
  const shown = episodesOf(scenario)
  if (shown.length === 0) return null
  const shared = sharedScale(shown)
  return markup`
<section class="wide" aria-labelledby="${scenario.slug}-episodes">
<h2 id="${scenario.slug}-episodes">What happened, when</h2>
<p class="lead">${episodesLead}</p>
${episodeKey(shown)}
<div class="rows">${shown.map((episode) => panel(scenario, episode, shared))}</div>
</section>`
}
