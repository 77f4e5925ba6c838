// Recovery counts from the repair, says if there was none, and an outage that lasts to the end is no recovery.
import { expect, test } from 'vitest'
import { allAccepted } from '../../test/fixtures/accepted-runs.ts'
import { loadOf, timelineOf } from '../../test/fixtures/episodes.ts'
import type { ArmKind } from '../../model/arm-kind.ts'
import type { Timeline } from '../../model/timeline.ts'
import { outageOf, recoveryOf } from './recovery.ts'

/** The load begins with the trigger. */
const outage = (seconds: string, actions: Timeline['actions'] = [], calledMs = -Infinity) =>
  outageOf(timelineOf([], { actions }), loadOf('2026-11-23T12:00:00.000Z', seconds), calledMs)

test('without an outage there is nothing to recover from', () => {
  expect(outage('5/0 3/2 5/0')).toEqual({ seconds: 0, isOpen: false })
})

test('of several outages the longest counts, unless the last one is not over', () => {
  expect(outage('0/5 5/0 0/5 0/5 5/0')).toEqual({ seconds: 2, isOpen: false })
  expect(outage('0/5 0/5 5/0 0/5')).toEqual({ seconds: 1, isOpen: true })
  expect(outage('0/5 0/5 0/0'), 'no call was due in the last second').toEqual({ seconds: 2, isOpen: true })
})

test('an outage that a repair ends counts from the repair, not from the trigger', () => {
  const repaired = [
    { atMs: 0, what: 'trigger' },
    { atMs: 2500, what: 'remedy: the operator is deployed again' },
  ]
  expect(outage('0/5 0/5 0/5 0/5 5/0', repaired)).toEqual({ seconds: 1.5, isOpen: false })
  expect(outage('0/5 0/5 5/0 5/0 5/0', repaired), 'it was over before').toEqual({ seconds: 0, isOpen: false })
  expect(outage('0/5 0/5 0/5 0/5 0/5', repaired), 'the repair did not help').toEqual({ seconds: 2.5, isOpen: true })
})

test('calls before there was a pod to call are no outage', () => {
  expect(outage('0/5 0/5 0/5 5/0', [], 2000)).toEqual({ seconds: 1, isOpen: false })
})

test('in the accepted runs every fix recovers, and no incident does', async () => {
  const scenarios = (await allAccepted()).flatMap((run) => run.scenarios)
  const open = (kind: ArmKind): boolean[] =>
    scenarios.flatMap((scenario) =>
      scenario.arms.filter((arm) => arm.kind === kind).flatMap(({ name }) => recoveryOf(scenario, name)?.isOpen ?? []),
    )
  expect(open('fix')).toEqual(Array.from({ length: 9 }, () => false))
  expect(open('incident')).toEqual(Array.from({ length: 4 }, () => true))
})
