// The first line of every output of `lab diff` names what is lost and what got worse by less than the limit.
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { diffRuns } from '../../diff/diff-runs.ts'
import type { RunDiff } from '../../diff/run-diff.ts'
import type { Run } from '../../model/run.ts'
import { but, evicted, hotPod, later, ofDay, slower, threeDays } from '../../test/fixtures/accepted-runs.ts'
import { headline } from './headline.ts'
import { diffMarkdown } from './markdown.ts'
import { diffPage } from './page.ts'
import { diffText } from './text.ts'

const parsed = (page: string) => parseHTML(page).document

const both: Run = { ...hotPod, scenarios: [...hotPod.scenarios, ...evicted.scenarios] }
const fewer: Run = {
  ...later(hotPod),
  scenarios: hotPod.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.filter(({ name }) => !['ingress', 'istio'].includes(name)),
  })),
}

const missing = 'http2-hot-pod (istio, ingress), missing-priority-class'

test.each<[string, RunDiff, string]>([
  [
    'what is lost',
    diffRuns([both], fewer),
    `Inconclusive: the newer run measured less than the older runs. Missing in the newer run: ${missing}.`,
  ],
  [
    'what may be missing',
    diffRuns(threeDays(both), fewer, { allowMissing: true }),
    `Nothing that was compared got worse beyond noise. Missing in the newer run, as --allow-missing permits: ${missing}.`,
  ],
  [
    'what regressed and what is lost',
    diffRuns(
      [both],
      but(fewer, 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false })),
    ),
    `Regressed: http2-hot-pod (l7-proxy). Missing in the newer run: ${missing}.`,
  ],
  [
    'what is worse below the limit',
    diffRuns(threeDays(hotPod), but(hotPod, 'l7-proxy', slower(1.25))),
    'Nothing got worse by 30 % or more. Worse beyond noise, below the 30 % limit: l7-proxy latency_p99 +25 %.',
  ],
  [
    'another limit',
    diffRuns(threeDays(hotPod), but(hotPod, 'l7-proxy', slower(1.34)), { limit: 2 }),
    'Nothing got worse by 100 % or more. Worse beyond noise, below the 100 % limit: l7-proxy latency_p99 +34 %.',
  ],
  [
    'what it cannot judge',
    diffRuns([hotPod], but(hotPod, 'l7-proxy', slower(9))),
    'Inconclusive: the lab needs 3 older runs to know how far runs of different days are apart, so it judged no metric.',
  ],
])('the first line of text, Markdown and page names %s', (_, diff, line) => {
  expect(headline(diff)).toBe(line)
  expect(diffText(diff, undefined)[0]).toBe(line)
  const plain = (diffMarkdown(diff).split('\n')[0] ?? '').replaceAll('**', '').replaceAll('\\', '')
  expect(plain).toBe(line)
  expect(parsed(diffPage(diff)).querySelector('h1')?.textContent).toBe(line)
})

test('of many that are lost the first are named and the others counted', () => {
  const names = Array.from({ length: 40 }, (_, index) => `arm-${index}`)
  const wide: Run = {
    ...hotPod,
    scenarios: hotPod.scenarios.map((scenario) => ({
      ...scenario,
      arms: [...scenario.arms, ...names.map((name) => ({ ...scenario.arms[1], name }) as (typeof scenario.arms)[number])],
    })),
  }
  expect(headline(diffRuns([wide], later(hotPod)))).toMatch(/arm-11, and 28 more\)\.$/)
})

test('text, Markdown and page say why a difference may come from elsewhere: swapped runs, another commit, another machine', () => {
  const { environment } = hotPod
  const host = { ...environment.host, cpus: 64 }
  const diff = diffRuns([later(hotPod)], { ...ofDay(2, hotPod), environment: { ...environment, labCommit: 'fff', host } })
  expect(diff.cautions).toHaveLength(3)
  const outputs = [diffText(diff, undefined).join('\n'), diffMarkdown(diff), parsed(diffPage(diff)).body.textContent]
  for (const output of outputs)
    for (const words of ['the runs may be swapped', 'another commit of the lab', 'another machine: CPUs 2 → 64'])
      expect(output).toContain(words)
})
