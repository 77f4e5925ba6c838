// Where time went follows from the phases of a run, the floor from its trials.
import { expect, it } from 'vitest'
import type { Phase } from '../../../model/phase.ts'
import type { Run } from '../../../model/run.ts'
import { cutOffRun } from '../../../test/fixtures/report/other-runs.ts'
import { timeSpent } from './facts.ts'

/** `deploy 0-20`: a phase, and from when to when, in seconds. */
const phases = (lane: string, scenario: string | null, ...texts: readonly string[]): Phase[] =>
  texts.map((text) => {
    const [phase = '', times = ''] = text.split(' ')
    const [from = 0, to = 0] = times.split('-').map(Number)
    return { phase: phase as Phase['phase'], lane, scenario, fromMs: from * 1000, toMs: to * 1000 }
  })

/** A scenario with trials of these floors, in seconds. */
const scenario = (slug: string, episodic: boolean, floors: readonly (number | null)[]) => ({
  slug,
  method: { episode: episodic ? {} : null },
  trials: floors.map((seconds) => ({ floorMs: seconds && seconds * 1000 })),
})

const runOf = (scenarios: readonly ReturnType<typeof scenario>[], ...of: readonly Phase[][]): Run =>
  ({ scenarios, phases: of.flat() }) as unknown as Run

const steady = (floors: readonly (number | null)[]): Run =>
  runOf(
    [scenario('hot', false, floors)],
    phases('run', null, 'images 2-5', 'cluster 5-45'),
    phases('run', 'hot', 'deploy 50-70', 'wait 70-71', 'load 71-81', 'wait 81-82', 'load 82-92'),
  )

const episodic = (floors: readonly (number | null)[]): Run =>
  runOf(
    [scenario('disk', true, floors)],
    phases('run', null, 'cluster 0-30', 'clean-up 130-140'),
    phases('node-1', 'disk', 'prepare 40-50', 'deploy 50-60', 'load 60-100', 'clean-up 100-110'),
    phases('node-2', 'disk', 'prepare 40-50', 'deploy 50-60', 'wait 60-61', 'load 61-111', 'clean-up 111-120'),
  )

const shown = (parts: readonly { what: string; seconds: number; floorSeconds: number | null }[] = []): string[] =>
  parts.map(({ what, seconds, floorSeconds }) => `${what} ${seconds}${floorSeconds === null ? '' : ` of ${floorSeconds}`}`)

it('knows nothing of a run whose phases were not recorded', () => {
  expect(timeSpent(runOf([scenario('hot', false, [9])]))).toBeNull()
})

it('sums phases of one kind, in the order in which they first began, and shows what is in none', () => {
  expect(shown(timeSpent(steady([9, 9]))?.parts)).toEqual([
    'images 3',
    'cluster 40',
    'deploy 20',
    'wait 2',
    'load 20 of 18',
    'other 5',
  ])
})

it('holds the whole, from the first phase to the last, against the windows of steady trials', () => {
  expect(timeSpent(steady([9, 9]))).toMatchObject({ seconds: 90, floorSeconds: 18, ratio: 5, nodes: 0, nodeParts: [] })
})

it('counts episodes once by the clock, however many nodes run them, at their place among the phases of the run', () => {
  expect(shown(timeSpent(episodic([35, 45]))?.parts)).toEqual(['cluster 30', 'episodes 80 of 45', 'clean-up 10', 'other 20'])
})

it('has as the floor of episodes the longest, or all of them over the nodes, whichever is more', () => {
  expect(timeSpent(episodic([30, 40]))?.floorSeconds).toBe(40)
  expect(timeSpent(episodic([30, 40, 40, 10]))?.floorSeconds).toBe(60)
})

it('divides the time of the nodes, and what is in no phase of a node is idle', () => {
  const spent = timeSpent(episodic([35, 45]))
  expect(shown(spent?.nodeParts)).toEqual(['prepare 20', 'deploy 20', 'wait 1', 'load 90 of 80', 'clean-up 19', 'idle 10'])
  expect(spent?.nodes).toBe(2)
})

it('adds up the floors of episodes and of steady load, one run after the other', () => {
  const [first, second] = [episodic([35, 45]), steady([9, 9])]
  const later = second.phases.map((phase) => ({ ...phase, fromMs: phase.fromMs + 140_000, toMs: phase.toMs + 140_000 }))
  const spent = timeSpent({ ...first, scenarios: [...first.scenarios, ...second.scenarios], phases: [...later, ...first.phases] })
  expect(spent).toMatchObject({ seconds: 232, floorSeconds: 63 })
  expect(spent?.scenarios).toEqual([
    { slug: 'disk', episodic: true, seconds: 150, floorSeconds: 80, wallSeconds: 80 },
    { slug: 'hot', episodic: false, seconds: 42, floorSeconds: 18, wallSeconds: 42 },
  ])
})

it('claims no floor where that of a trial is not known', () => {
  const spent = timeSpent(steady([9, null]))
  expect(spent).toMatchObject({ seconds: 90, floorSeconds: null, ratio: null, scenarios: [{ seconds: 42, floorSeconds: null }] })
  expect(shown(spent?.parts)).toContain('load 20')
  expect(shown(timeSpent(episodic([35, null]))?.nodeParts)).toContain('load 90')
})

it('leaves out what took less than half a second', () => {
  expect(shown(timeSpent(runOf([], phases('run', null, 'images 0-0.4', 'cluster 0.4-30')))?.parts)).toEqual(['cluster 29.6'])
})

it('shows how long a scenario took that was then skipped', () => {
  const run = runOf([], phases('node-1', 'dns', 'prepare 0-7'))
  expect(timeSpent(run)).toMatchObject({ floorSeconds: null, scenarios: [{ slug: 'dns', seconds: 7, floorSeconds: null }] })
})

it('holds a run that was cut off against the trials it had', () => {
  const spent = timeSpent(cutOffRun())
  expect(spent?.floorSeconds).toBe(5 * 9)
  expect(shown(spent?.parts)).toContain('load 46.2 of 45')
})
