// Where the time went: the floor beside it, nodes side by side, and nothing where nothing is known.
import { expect, it } from 'vitest'
import { episodeRun } from '../../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../../test/fixtures/report/example-run.ts'
import { cutOffRun } from '../../../test/fixtures/report/other-runs.ts'
import { throttlingRun } from '../../../test/fixtures/report/throttling-run.ts'
import { sectionsText } from '../../document/terminal.ts'
import type { Run } from '../../../model/run.ts'
import { briefTimeSection, timeSection } from './section.ts'

const brief = (run: Run): string[] => sectionsText([briefTimeSection(run)], 110)

it('shows what the time of a run of steady load went to, beside the floor', () => {
  expect(`\n${brief(exampleRun()).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Where the time went
      4:17 min, 2.0 × the minimum of 2:06 min for windows and timers
      phase    min:s  floor
      images    0:04      —
      cluster   0:39      —
      deploy    0:36      —
      wait      0:28      —
      load      2:09   2:06
      other     0:21      —
    "
  `)
})

it('shows how long nodes ran episodes side by side, and how they spent their time', () => {
  expect(`\n${sectionsText([timeSection(episodeRun())], 110).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Where the time went
      34:02 min, 1.4 × the minimum of 24:45 min for windows and timers. Floor: the trials alone, without overhead.
        Other: time outside all phases.
      phase                     min:s  floor
      images                     0:04      —
      cluster                    0:39      —
      episodes, 2 side by side  32:51  24:45
      other                      0:28      —
      On the nodes
      65:42 min of 2 nodes together, from the start of the first episode to the end of the last. Idle: outside all
        phases, for example when no episode was left.
      phase     min:s  floor
      prepare    0:37      —
      deploy     5:39      —
      wait       0:28      —
      load      50:20  49:30
      clean-up   4:18      —
      idle       4:20      —
      By scenario
      Time per scenario (for episodes, summed over nodes), and wall-clock time from first to last phase.
      scenario                 trials    min:s  floor  first to last
      missing-priority-class   episodes  29:12  23:15          32:47
      log-flood-disk-pressure  episodes  32:10  26:15          32:47
    "
  `)
})

it('shows the time so far of a run that was cut off', () => {
  expect(brief(cutOffRun())[1]).toBe('  2:29 min, 3.3 × the minimum of 0:45 min for windows and timers')
})

it('shows the time alone where the floor of a trial is not known', () => {
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    trials: scenario.trials.map((trial) => ({ ...trial, floorMs: null })),
  }))
  expect(brief({ ...run, scenarios })[1]).toBe('  4:17 min')
})

it('says nothing of a run whose phases were not recorded', () => {
  expect(brief(throttlingRun())).toEqual([])
})
