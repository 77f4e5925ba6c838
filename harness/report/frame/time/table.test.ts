// The lines about time are aligned, few, and absent where nothing is known.
import { expect, it } from 'vitest'
import { episodeRun } from '../../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../../test/fixtures/report/example-run.ts'
import { cutOffRun } from '../../../test/fixtures/report/other-runs.ts'
import { throttlingRun } from '../../../test/fixtures/report/throttling-run.ts'
import { timeTable } from './table.ts'

it('shows what the time of a run of steady load went to, beside the floor', () => {
  expect(`\n${timeTable(exampleRun(), 110).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    time  4:17 min, 2.0 × the minimum of 2:06 min for windows and timers
      images   0:04
      cluster  0:39
      deploy   0:36
      wait     0:28
      load     2:09  floor  2:06
      other    0:21
    "
  `)
})

it('shows how long nodes ran episodes side by side, and how they spent their time', () => {
  expect(`\n${timeTable(episodeRun(), 110).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    time  34:02 min, 1.4 × the minimum of 24:45 min for windows and timers
      images                     0:04
      cluster                    0:39
      episodes, 2 side by side  32:51  floor  24:45
      other                      0:28
      on nodes: prepare 0:37, deploy 5:39, wait 0:28, load 50:20 (floor 49:30), clean-up 4:18, idle 4:20
    "
  `)
})

it('shows the time so far of a run that was cut off', () => {
  expect(timeTable(cutOffRun(), 110)[0]).toBe('time  2:29 min, 3.3 × the minimum of 0:45 min for windows and timers')
})

it('shows the time alone where the floor of a trial is not known', () => {
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    trials: scenario.trials.map((trial) => ({ ...trial, floorMs: null })),
  }))
  const lines = timeTable({ ...run, scenarios }, 110)
  expect(lines[0]).toBe('time  4:17 min')
  expect(lines.join('\n')).not.toContain('floor')
})

it('says nothing of a run whose phases were not recorded', () => {
  expect(timeTable(throttlingRun(), 110)).toEqual([])
})

it('takes 12 lines of 110 columns at most, also where a run had phases of every kind', () => {
  const run = episodeRun()
  const kinds = ['images', 'cluster', 'add-ons', 'deploy', 'calibrate', 'wait', 'load', 'clean-up'] as const
  const ofRun = kinds.map((phase, index) => ({
    phase,
    lane: 'run',
    scenario: null,
    fromMs: index * 1000,
    toMs: (index + 1) * 1000,
  }))
  const lines = timeTable({ ...run, phases: [...ofRun, ...run.phases.filter(({ lane }) => lane !== 'run')] }, 110)
  expect(lines.length).toBeLessThanOrEqual(12)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(110)
})
