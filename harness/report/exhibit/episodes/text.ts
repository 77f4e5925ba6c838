// What happened in an episode of each arm and when, in Markdown: this stands where the page has its picture.
import type { ScenarioRun } from '../../../model/run.ts'
import { episodesOf } from '../../facts/episode.ts'
import type { Episode } from '../../facts/episode.ts'
import { timesSaid, unquoted } from './key-events.ts'
import { episodeStory } from './story.ts'
import type { StoryLine } from './story.ts'
import { eventsWord, timesText, whichEpisode } from './words.ts'
import { atTime } from '../../write/time-words.ts'
import { bullets, code, fence, plain } from '../../write/markdown-text.ts'

const inBrackets = (...parts: readonly string[]): string => {
  const shown = parts.filter((part) => part !== '')
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`
}

const story = ({ timeline }: Episode, lines: readonly StoryLine[]): string =>
  bullets(
    lines.map(({ atMs, what, quote }) => {
      const said = quote === '' ? '' : ` ${code(quote.trim())}${inBrackets(timesText(timesSaid(timeline, quote)))}`
      return `**${atTime(atMs)}** ${plain(what)}${said}`
    }),
  )

/** Other cluster events than those that the story quotes. */
const further = ({ timeline }: Episode, lines: readonly StoryLine[]): string[] => {
  const events = unquoted(
    timeline,
    lines.map(({ quote }) => quote),
  )
  const items = events.map(
    ({ event, times }) =>
      `${code(`${event.reason}: ${event.message}`)}${inBrackets(plain(`${event.kind} ${event.name}`), atTime(event.atMs), timesText(times))}`,
  )
  return items.length === 0 ? [] : ['Other cluster events:', bullets(items)]
}

const allEvents = ({ timeline: { events } }: Episode): string[] => {
  const lines = events.map(({ atMs, kind, name, reason, message }) => `${atTime(atMs)}  ${kind} ${name}  ${reason}: ${message}`)
  return events.length === 0
    ? []
    : [`<details><summary>${eventsWord(events.length)}</summary>`, fence(lines.join('\n'), 'text'), '</details>']
}

/** A heading, a story and quotes for each arm; empty where there are no episodes. */
export const episodeSection = (scenario: ScenarioRun): string[] =>
  episodesOf(scenario).flatMap((episode) => {
    const lines = episodeStory(episode)
    return [
      `#### ${plain(episode.arm.name)}`,
      plain(whichEpisode(scenario, episode)),
      story(episode, lines),
      ...further(episode, lines),
      ...allEvents(episode),
    ]
  })
