import { expect, it } from 'vitest'
import { timelineOf } from '../../../test/fixtures/episodes.ts'
import { timesSaid, unquoted } from './key-events.ts'

const refusal = (id: string) => `failed to setup network for sandbox "${id.repeat(64)}": no IP addresses available in range set`
const refused = (atMs: number, id: string) => ({
  atMs,
  kind: 'Pod',
  name: 'canary',
  reason: 'FailedCreatePodSandBox',
  message: refusal(id),
})

it('counts events that differ in the id of a container alone as one', () => {
  const timeline = timelineOf([], { events: [refused(1000, 'a'), refused(2000, 'b')] })
  expect(unquoted(timeline, []).map(({ times }) => times)).toEqual([2])
  expect(timesSaid(timeline, refusal('a'))).toBe(2)
})
