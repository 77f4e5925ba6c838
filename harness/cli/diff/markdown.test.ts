import { expect, test } from 'vitest'
import { diffRuns } from '../../diff/diff-runs.ts'
import type { ArmRun, Run } from '../../model/run.ts'
import { but, hotPod, later, slower, threeDays, throttling } from '../../test/fixtures/accepted-runs.ts'
import { limit } from '../../report/write/fitting.ts'
import { diffMarkdown } from './markdown.ts'

const lines = (text: string): string[] => text.split('\n')

test('the answer comes first, then what got worse, then what got better; a bar in a reason does not end its cell', () => {
  const mixed = but(
    but(hotPod, 'client-side', () => ({ verdict: 'no-effect', asExpected: false, reason: 'one | pod <has> it all' })),
    'incident',
    slower(1 / 2.2),
  )
  const written = lines(diffMarkdown(diffRuns(threeDays(hotPod), mixed)))
  expect(written[0]).toBe('**Regressed: http2-hot-pod (client-side).**')
  expect(written.filter((line) => line.startsWith('| ')).slice(2)).toEqual([
    '| ✗ **worse** | http2-hot-pod | client-side | verdict | fixed | no effect | one \\| pod &lt;has&gt; it all |',
    expect.stringMatching(
      /^\| ✓ \*\*better\*\* \| http2-hot-pod \| incident \| latency\\_p99 \| [\d.]+ × control’s \| [\d.]+ × \| 0\.45 times as much, /,
    ),
  ])
})

test('where nothing changed, there is no table: the answer, the scenarios, the runs', () => {
  expect(lines(diffMarkdown(diffRuns(threeDays(throttling), later(throttling))))).toEqual([
    '**Nothing got worse beyond noise.**',
    '',
    '### Nothing worse beyond noise',
    '',
    '- cpu-limit-throttling, 7 arms',
    '',
    '### Smallest ratio that this comparison finds in 90 % of cases',
    '',
    expect.stringMatching(/^- latency\\_p50: 1\.\d\d \(6 judged\)$/),
    expect.stringMatching(/^- latency\\_p99: 1\.\d\d \(6 judged\)$/),
    '',
    '### Runs and environment',
    '',
    '- **history**: 3 runs since 2026-11-01',
    expect.stringMatching(/^- \*\*older\*\*: 2026-11-03 00:00 UTC, quick, seed \d+$/),
    expect.stringMatching(/^- \*\*newer\*\*: 2026-12-01 00:00 UTC, quick, seed \d+$/),
  ])
})

test('what is acknowledged says until when, and why', () => {
  const known = { scenario: 'cpu-limit-throttling', arm: 'incident', reason: 'cheaper machines', until: '2026-12-31' }
  const text = diffMarkdown(diffRuns(threeDays(throttling), but(throttling, 'incident', slower(2.2)), { acknowledged: [known] }))
  expect(text).toMatch(/\| ~ \*\*acknowledged\*\* \|.*\| acknowledged until 2026-12-31: cheaper machines; /)
})

test('it stays below 10,000 characters whatever the runs hold, and the regressions are the last to go', () => {
  const many = (run: Run, change: (arm: ArmRun, index: number) => Partial<ArmRun>): Run => ({
    ...run,
    environment: {
      ...run.environment,
      images: Array.from({ length: 300 }, (_, index) => ({ name: `image-${index}:${run.startedAt}`, from: '' })),
    },
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      arms: Array.from({ length: 400 }, (_, index) => ({ ...scenario.arms[1], name: `arm-${index}` }) as ArmRun).map(
        (arm, index) => ({
          ...arm,
          ...change(arm, index),
        }),
      ),
    })),
  })
  const long = 'because of this and that, '.repeat(40)
  const older = many(hotPod, (_, index) => ({ verdict: 'fixed', asExpected: index >= 395 }))
  const newer = many(later(hotPod), (_, index) => ({ verdict: 'no-effect', asExpected: index < 395, reason: long }))
  const text = diffMarkdown(diffRuns([older], newer))
  expect(text.length).toBeLessThan(limit)
  for (const index of [395, 396, 397, 398, 399]) expect(text).toContain(`| arm-${index} |`)
  expect(text).toMatch(/… and \d+ more: `lab diff` shows all of them\./)
})
