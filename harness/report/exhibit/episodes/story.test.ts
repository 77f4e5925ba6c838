// The story is in order of time, and quotes once what was said more than once.
import { expect, it } from 'vitest'
import type { LoadResult } from '../../../model/trial.ts'
import type { Lane } from '../../../model/timeline.ts'
import { episodeRun } from '../../../test/fixtures/report/episode-run.ts'
import { episodesOf } from '../../facts/episode.ts'
import { episodeStory } from './story.ts'

const storyOf = (slug: string, name: string, change: (load: LoadResult) => LoadResult = (load) => load) => {
  const scenario = episodeRun().scenarios.find((each) => each.slug === slug)
  const episode = scenario === undefined ? undefined : episodesOf(scenario).find(({ arm }) => arm.name === name)
  if (episode === undefined) throw new Error('the example has this arm')
  return episodeStory({ ...episode, trial: { ...episode.trial, load: change(episode.trial.load) } })
}

const withLane = (lane: Lane) => {
  const [episode] = episodeRun().scenarios.flatMap(episodesOf)
  if (episode === undefined) throw new Error('the example has an episode')
  return { ...episode, timeline: { ...episode.timeline, lanes: [...episode.timeline.lanes, lane] } }
}

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')

it('describes the fall and the recovery of a critical pod', () => {
  const story = storyOf('missing-priority-class', 'priority-class').map(({ what }) => spaced(what))
  expect(story).toEqual(
    [
      /trigger/,
      /^6 pods of batch stay pending.* 51 s/,
      /^ballast is ready/,
      /^Node lab-small: memory pressure/,
      /^Service critical: no ready endpoint/,
      /^1st eviction: critical-7c9d4f6b8-x2k4p/,
      /^batch-5d8f9c7b6-2xgpl is preempted/,
      /^batch-5d8f9c7b6-4mhvn is preempted/,
      /^Client down/,
      /^Client recovers after 5 s/,
      /^Service critical: has a ready endpoint/,
      /^critical-7c9d4f6b8-m8vqd is ready/,
      /^Node lab-small: ready, no pressure/,
      /^End: .* 30s/,
    ].map((fact): unknown => expect.stringMatching(fact)),
  )
})

it('reports no answer where the client was down to the end, though the load ended before the episode', () => {
  const story = storyOf('missing-priority-class', 'incident', (load) => ({ ...load, perSecond: load.perSecond.slice(0, -1) }))
  expect(story.filter(({ what }) => what.startsWith('Client down'))).toHaveLength(1)
  expect(story.filter(({ what }) => what.includes('answered again'))).toEqual([])
})

it('quotes once what the scheduler said of four pods', () => {
  const quotes = storyOf('log-flood-disk-pressure', 'incident').filter(({ quote }) => quote.includes('untolerated taint'))
  expect(quotes).toHaveLength(1)
})

it('shows each value that something should follow, and whether it is what was set last', () => {
  const states = [
    { atMs: -5000, state: 'current' as const, text: 'blue' },
    { atMs: 100, state: 'stale' as const, text: 'blue' },
    { atMs: 9000, state: 'current' as const, text: 'green' },
  ]
  const story = episodeStory(withLane({ kind: 'value', name: 'in use', group: 'in use', pod: null, states }))
  expect(story.filter(({ what }) => what.startsWith('In use')).map(({ atMs, what }) => [atMs, what])).toEqual([
    [100, 'In use: blue, stale.'],
    [9000, 'In use: green.'],
  ])
})
