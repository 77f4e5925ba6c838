// docs/nightly.md: what became of the tests of `make nightly`, tier by tier.
import * as z from 'zod'
import { minutes } from '../harness/report/write/date.ts'
import { table } from '../harness/report/write/markdown-text.ts'

/** What each tier tests, in the order in which they run: the shortest first, and the engine late, since a killed one loses a firewall rule. */
export const tiers: Readonly<Record<string, string>> = {
  simulation: 'how often the statistics are right, in simulated runs',
  online: 'the way with an image registry',
  workshop: 'three scripted learners in each exercise',
  long: 'Istio and Contour, full size, comparisons of platforms, faults that `lab diff` has to find',
  cluster: 'every arm of the article, every unhappy path',
  chaos: 'commands that are killed at many points and moments',
  engine: 'a Docker engine that ends',
  noise: 'the article beside busy loops and a busy disk',
}

/** The tiers of these names in their own order, all if none is named; or what is wrong with the names. */
export const tiersNamed = (names: readonly string[]): string[] | string => {
  const unknown = names.filter((name) => !(name in tiers))
  if (unknown.length > 0) return `unknown tier: ${unknown.join(', ')}; there are: ${Object.keys(tiers).join(', ')}`
  return Object.keys(tiers).filter((tier) => names.length === 0 || names.includes(tier))
}

/** One tier, once. */
const TierRun = z.strictObject({
  date: z.iso.datetime().describe('when it began'),
  commit: z.string().describe('with "-dirty" where files were changed'),
  machine: z.string().describe('CPUs and memory'),
  tier: z.string(),
  minutes: z.number(),
  passed: z.int(),
  failed: z.int(),
  leftOut: z.int().describe('tests that decided nothing, since the machine was too busy'),
})
export type TierRun = z.infer<typeof TierRun>

export const Nights = z.array(TierRun)

const shownRuns = 3

/** The last three runs of each tier, the newest first. */
export const nightlyPage = (runs: readonly TierRun[]): string => {
  const rows = Object.entries(tiers).flatMap(([tier, what]) =>
    runs
      .filter((run) => run.tier === tier)
      .slice(-shownRuns)
      .toReversed()
      .map((run, index) => [
        index === 0 ? tier : '',
        index === 0 ? what : '',
        run.date.slice(0, 10),
        run.commit,
        run.machine,
        minutes(run.minutes * 60),
        `${run.passed}`,
        `${run.failed}`,
        `${run.leftOut}`,
      ]),
  )
  const head = ['tier', 'what it tests', 'date', 'commit', 'machine', 'minutes', 'passed', 'failed', 'left out for noise']
  return `# Nightly
Made by \`make nightly\`, which plays the tests of all tiers; \`make nightly TIERS="cluster online"\` plays these. The last three runs of each tier stand
here, all of them in \`docs/nightly.json\`. A test is left out for noise where other work on the machine kept its arms from a verdict.

${table(head, rows, () => false)}
`
}
