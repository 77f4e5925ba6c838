// The story of an episode below its picture: what happened when, what the cluster said, and all events folded away.
import type { Episode } from '../../facts/episode.ts'
import { timesSaid, unquoted } from './key-events.ts'
import { episodeStory } from './story.ts'
import type { StoryLine } from './story.ts'
import { eventsWord, timesText } from './words.ts'
import { atTime } from '../../write/time-words.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const times = (count: number): Markup | null =>
  timesText(count) === '' ? null : markup` <span class="when">${timesText(count)}</span>`

const line = ({ atMs, what, quote }: StoryLine, { timeline }: Episode): Markup =>
  markup`
<li><span class="at">${atTime(atMs)}</span><span>${what}${quote === '' ? null : markup` <q>${quote}</q>${times(timesSaid(timeline, quote))}`}</span></li>`

/** Other cluster events than those that the story quotes. */
const further = ({ timeline }: Episode, lines: readonly StoryLine[]): Markup | null => {
  const events = unquoted(
    timeline,
    lines.map(({ quote }) => quote),
  )
  return events.length === 0
    ? null
    : markup`
<ul class="quotes">${events.map(
        ({ event, times: count }) =>
          markup`<li><code>${event.reason}: ${event.message}</code> <span class="when">${event.kind} ${event.name}, ${atTime(event.atMs)}</span>${times(count)}</li>`,
      )}</ul>`
}

const allEvents = ({ arm, timeline }: Episode): Markup => markup`
<details class="events"><summary>${eventsWord(timeline.events.length)} <span class="when">as the API server told them</span></summary>
<div class="scroll" role="region" aria-label="Events, ${arm.name}" tabindex="0"><table class="grid">
<thead><tr><th scope="col" class="number">at</th><th scope="col">object</th><th scope="col">reason</th><th scope="col">message</th></tr></thead>
<tbody>${timeline.events.map(
  ({ atMs, kind, name, reason, message }) => markup`
<tr><td class="number">${atTime(atMs)}</td><td>${kind} ${name}</td><td>${reason}</td><td>${message}</td></tr>`,
)}</tbody></table></div></details>`

/** Times and what happened, what else the cluster said, and the full list of events where there are any. */
export const story = (episode: Episode): Markup => {
  const lines = episodeStory(episode)
  return markup`
<ol class="story-lines">${lines.map((each) => line(each, episode))}</ol>${further(episode, lines)}
${episode.timeline.events.length === 0 ? null : allEvents(episode)}`
}
