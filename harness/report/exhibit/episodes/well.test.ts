// No arm that is as it should be glows, and no incident is pale.
import { expect, test } from 'vitest'
import { parseHTML } from 'linkedom'
import { episodeRun } from '../../../test/fixtures/report/episode-run.ts'
import { episodesOf } from '../../facts/episode.ts'
import type { Episode } from '../../facts/episode.ts'
import { html } from '../../format/html.ts'
import { episodeRows } from './picture/rows.ts'
import { episodeStory } from './story.ts'

const run = episodeRun()
const episodes = run.scenarios.flatMap(episodesOf)
const well = new Set(['healthy', 'fixed', 'unharmed'])

test('nothing is shown as hurt in an arm that is healthy or fixed, and something is in each incident', () => {
  const hurtIn = (verdicts: ReadonlySet<string>): string[] =>
    episodes
      .filter(({ arm }) => verdicts.has(arm.verdict))
      .filter((episode) => episodeRows(episode).some(({ hurt }) => hurt))
      .map(({ arm }) => arm.name)
  expect(hurtIn(well)).toEqual([])
  expect(hurtIn(new Set(['reproduced']))).toEqual(['incident', 'incident'])
})

test('the picture of such an arm says so to its style', () => {
  const { document } = parseHTML(html({ ...run, scenarios: run.scenarios.slice(0, 1) })[0]?.text ?? '')
  const classes = [...document.querySelectorAll('figure.row:has(.episode)')].map((figure) => [
    figure.querySelector('.badge')?.textContent,
    figure.querySelector('svg.wide')?.classList.contains('well'),
  ])
  expect(classes).toContainEqual(['✓fixed', true])
  expect(classes).toContainEqual(['●reproduced', false])
})

const hanging = (sinceMs: number): Episode => {
  const incident = episodes.find(({ arm }) => arm.kind === 'incident')
  if (incident === undefined) throw new Error('the example has an incident')
  const pods = [1, 2, 3].map((number) => ({
    kind: 'pod' as const,
    name: `fleet-${number}`,
    group: 'fleet',
    pod: null,
    states: [
      { atMs: -9000, state: 'ready', text: '' },
      { atMs: sinceMs, state: 'terminating', text: '' },
    ],
  }))
  return { ...incident, timeline: { ...incident.timeline, toMs: 75_000, lanes: [...incident.timeline.lanes, ...pods] } }
}

test('pods that hang in Terminating to the end are the hurt, with how long; those that only just end are not', () => {
  const fleet = (episode: Episode) => episodeRows(episode).find(({ name }) => name === 'fleet')
  expect(fleet(hanging(5000))).toMatchObject({ hurt: true, words: ['3 in Terminating for ≥\u00a070\u00a0s'] })
  expect(fleet(hanging(60_000))).toMatchObject({ hurt: false })
  expect(episodeStory(hanging(5000)).map(({ atMs, what }) => [atMs, what])).toContainEqual([
    5000,
    '3 pods of fleet hang in Terminating, to the end.',
  ])
})

test('what was before the client began is set-up, and no part of the story', () => {
  for (const episode of episodes)
    for (const { atMs, what } of episodeStory(episode).filter(({ what: told }) => told.startsWith('Service')))
      expect(atMs, what).toBeGreaterThanOrEqual(episode.shownFromMs)
})
