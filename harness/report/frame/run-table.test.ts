// The terminal table is aligned, fits, and marks what is not as expected.
import { describe, expect, it } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { cutOffRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import type { ScenarioRun } from '../../model/run.ts'
import { keyFigures } from '../write/key-figures.ts'
import { verdictWords } from '../write/verdict-words.ts'
import { lineWidth } from '../write/wrapped.ts'
import { sectionsText } from '../document/terminal.ts'
import { runSections, runTable } from './run-table.ts'

describe('the verdict table for a terminal', () => {
  it('is aligned and shows the key numbers', () => {
    expect(`\n${runTable(exampleRun(), 110).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      http2-hot-pod
        arm                 kind        verdict        top share   eff. pods  top share/s  p99 (ms)  failed/min
        control             control     ✓ healthy         34.4 %        3.00       35.7 %      14.2           0
        incident            incident    ● reproduced       100 %        1.00        100 %       316       2,580
        l7-proxy            fix         ✓ fixed           33.3 %        3.00       33.3 %      13.0           0
        client-side         fix         ✓ fixed           33.3 %        3.00       33.3 %      11.2           0
        max-connection-age  mitigation  ◐ mitigated       33.3 %        3.00        100 %       315         780
        more-replicas       folk        – no effect        100 %        1.00        100 %       316       2,580
        A/A spread                                    0.6 points  0.002 pods   0.4 points   0.50 ms           —

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

  it('says in how many episodes a verdict was found, and what was skipped', () => {
    expect(`\n${runTable(episodeRun(), 110).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      missing-priority-class
        arm             kind        verdict, episodes    recovery (s)  critical evicted  critical pending (s)
        control         control     ✓ healthy 3 of 3                0                 0                     0
        incident        incident    ● reproduced 3 of 3        ≥ 62.0                 1                  61.7
        priority-class  fix         ✓ fixed 3 of 3                6.0                 1                  2.50
        guaranteed-qos  mitigation  ◐ mitigated 3 of 3              0                 0                     0
        restart-it      folk        – no effect 3 of 3         ≥ 62.6                 1                  61.7
        omitted at this width: no victims, priority of critical, failed/min (see the report)

      log-flood-disk-pressure
        arm                 kind      verdict, episodes        recovery (s)  bystanders first  newcomer kept out
        control             control   ✓ healthy 3 of 3                    0                 0                 no
        incident            incident  ● reproduced 3 of 3            ≥ 69.0                 3                yes
        ephemeral-limit     fix       ✓ fixed 3 of 3                      0                 0                 no
        delete-the-evicted  folk      – no effect 3 of 3               52.0                 3                yes
        slow-flood          variant   ○ not reproduced 3 of 3             0                 0                 no
        omitted at this width: served, evictions, failed/min (see the report)

      dns-ndots (skipped: not measured)
        the cluster has no CoreDNS that the lab may configure: it was made with --dns=none

      Where the time went
        34:02 min, 1.4 × the minimum of 24:45 min for windows and timers
        phase                     min:s  floor
        images                     0:04      —
        cluster                    0:39      —
        episodes, 2 side by side  32:51  24:45
        other                      0:28      —
      "
    `)
  })

  it('is right at any width: no line is too long, no arm, verdict or number is missing without a remark', () => {
    for (const run of [twoScenarioRun(), episodeRun()]) {
      const sections = runSections(run)
      const narrow = sectionsText(sections, 1)
      const verdictsOf = ({ arms }: ScenarioRun) =>
        arms.map(({ name, verdict }) => new RegExp(`${name}\\b.*${verdictWords(verdict).word}`))
      const verdicts = run.scenarios.flatMap(verdictsOf)
      const labels = run.scenarios.flatMap((scenario) => keyFigures(scenario).map(({ brief }) => brief))
      for (const columns of [...Array.from({ length: 141 }, (_, width) => width), 400]) {
        const lines = sectionsText(sections, columns)
        expect(Math.max(...lines.map(({ length }) => length)), `${columns} columns`).toBeLessThanOrEqual(lineWidth(columns))
        expect(lines.length, `${columns} columns`).toBeLessThanOrEqual(narrow.length)
        const said = lines.join(' ').replaceAll(/\s+/g, ' ')
        expect(
          verdicts.filter((verdict) => !verdict.test(said)),
          `${columns} columns`,
        ).toEqual([])
        expect(
          labels.filter((label) => !said.includes(label.replace('\u00a0', ' '))),
          `${columns} columns`,
        ).toEqual([])
      }
    }
  })

  it('takes a terminal that does not say how wide it is for one of 80 columns, and cuts nothing where there is no terminal', () => {
    expect(runTable(episodeRun(), 0)).toEqual(runTable(episodeRun(), 80))
    expect(runTable(episodeRun(), undefined)).toEqual(runTable(episodeRun(), 10_000))
  })

  it('marks an arm that is not as expected', () => {
    expect(runTable(twoScenarioRun(), 110).filter((line) => line.includes('≠'))).toEqual([
      expect.stringContaining('▼ worse ≠ expected fixed'),
    ])
  })

  it('says that a run was cut off', () => {
    expect(runTable(cutOffRun(), 110)[0]).toBe('http2-hot-pod (interrupted: judged on the trials so far)')
  })
})
