// Timelines of episodes: a drawing per arm on one time axis, with the story in words below.
import type { ScenarioRun } from '../../model/run.ts'
import { callSeconds } from '../../timeline/client-calls.ts'
import { armHeading, aside, asides, code, lead } from '../document/elements.ts'
import type { Element, Group } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { trialsOf } from '../facts/arm-trials.ts'
import { episodesOf } from '../facts/episode.ts'
import type { Episode } from '../facts/episode.ts'
import { capital } from '../write/capital.ts'
import { outcomeText } from '../write/outcome-words.ts'
import { atTime } from '../write/time-words.ts'
import { verdictWords } from '../write/verdict-words.ts'
import { episodeKey } from './episodes/key.ts'
import { timesSaid, unquoted } from './episodes/key-events.ts'
import { episodeDescription, episodePanel } from './episodes/picture/panel.ts'
import { episodeSizes } from './episodes/picture/scale.ts'
import type { SharedScale } from './episodes/picture/scale.ts'
import { episodeStory } from './episodes/story.ts'
import type { StoryLine } from './episodes/story.ts'

export const exhibit: Exhibit = {
  order: 10,
  title: 'What happened, when',
  isWide: true,
  elements: (scenario) => {
    const shown = episodesOf(scenario)
    if (shown.length === 0) return []
    const scale = sharedScale(shown)
    return [
      lead(
        'The first valid episode of each arm, all on one time axis: seconds from the trigger. A lane is the client, a Service, the node or a pod; pods of one group with the same history share a lane. Discs number the evictions in order.',
      ),
      { element: 'drawing', draw: () => episodeKey(shown) },
      { element: 'groups', look: 'rows', groups: shown.map((episode) => row(scenario, episode, scale)) },
    ]
  },
}

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

const row = (scenario: ScenarioRun, episode: Episode, scale: SharedScale): Group => {
  const { arm } = episode
  const draw = () =>
    episodeSizes.map((size) =>
      episodePanel(
        {
          id: `${scenario.slug}-episode-${arm.name}-${size.name}`,
          className: `sized ${size.name}`,
          title: `What happened, when: ${arm.name}, ${verdictWords(arm.verdict).word}`,
          description: episodeDescription(episode),
        },
        episode,
        scale,
        size,
      ),
    )
  return {
    heading: armHeading(arm),
    about: whichEpisode(scenario, episode),
    elements: [{ element: 'drawing', draw }, ...story(episode)],
  }
}

/** Summary of the arm, in how many episodes it had its verdict, and which one is shown. */
const whichEpisode = (scenario: ScenarioRun, { arm, trial }: Episode): string => {
  const all = trialsOf(scenario.trials, arm.name)
  const share = outcomeText(arm)
  const times = arm.outcome?.n === 1 ? share : `in ${share}`
  const found = share === null ? '' : `${verdictWords(arm.verdict).word} ${times}; `
  return `${capital(arm.summary)} · ${found}shown: episode ${all.indexOf(trial) + 1} of ${all.length}`
}

const timesText = (times: number): string => (times < 2 ? '' : `${times} times`)

/** Times and events of the story, other cluster messages, and all events, if any. */
const story = (episode: Episode): Element[] => {
  const lines = episodeStory(episode)
  const { timeline } = episode
  return [
    {
      element: 'list',
      look: 'story-lines',
      ordered: true,
      items: lines.map(({ atMs, what, quote }) => [
        { piece: 'time', text: atTime(atMs) },
        what,
        ...(quote === '' ? [] : [{ piece: 'quote', text: quote } as const, ...asides(timesText(timesSaid(timeline, quote)))]),
      ]),
    },
    ...otherEvents(episode, lines),
    ...allEvents(episode),
  ]
}

/** Events that the story does not quote. */
const otherEvents = ({ timeline }: Episode, lines: readonly StoryLine[]): Element[] => {
  const events = unquoted(
    timeline,
    lines.map(({ quote }) => quote),
  )
  if (events.length === 0) return []
  const items = events.map(({ event, times }) => [
    code(`${event.reason}: ${event.message}`),
    aside([`${event.kind} ${event.name}, ${atTime(event.atMs)}`, timesText(times)].filter((text) => text !== '').join(', ')),
  ])
  return [
    { element: 'paragraph', line: 'Other cluster events:' },
    { element: 'list', look: 'quotes', items },
  ]
}

const allEvents = ({ timeline: { events } }: Episode): Element[] =>
  events.length === 0
    ? []
    : [
        {
          element: 'details',
          look: 'events',
          summary: [events.length === 1 ? 'The one event' : `All ${events.length} events`, aside('from the API server')],
          elements: [
            {
              element: 'table',
              caption: 'Events',
              look: 'grid',
              first: 'at',
              columns: ['object', 'reason', 'message'].map((label) => ({ label, holds: 'words' })),
              rows: events.map(({ atMs, kind, name, reason, message }) => ({
                heading: atTime(atMs),
                cells: [`${kind} ${name}`, reason, message],
              })),
            },
          ],
        },
      ]
