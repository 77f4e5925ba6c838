import { expect, it } from 'vitest'
import type { Lane } from '../model/timeline.ts'
import { laneOf, timelineOf } from '../test/fixtures/episodes.ts'
import { spansOf } from './lane-spans.ts'

const lane = (kind: Lane['kind']): Lane =>
  laneOf({ kind, name: 'it', group: 'it', pod: null }, [
    [0, 'current', 'blue'],
    [1000, 'current', 'green'],
  ])

it('keeps one span for a state that says something else, but one for each value', () => {
  expect(spansOf(lane('service'), timelineOf([])).map(({ text }) => text)).toEqual(['green'])
  expect(spansOf(lane('value'), timelineOf([])).map(({ text }) => text)).toEqual(['blue', 'green'])
})
