// Arms × versions of Kubernetes: verdicts, ratios to control, and changed messages. Never compares absolute latencies across versions.
import { median } from 'simple-statistics'
import * as z from 'zod'
import { LabError } from '../model/lab-error.ts'
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import { Verdict } from '../model/verdict.ts'
import { ratiosOf } from './metric-move.ts'
import { wordings } from './wording.ts'

const Cell = z
  .nullable(
    z.strictObject({
      verdict: Verdict,
      asExpected: z.boolean(),
      ratios: z
        .record(z.string(), z.number())
        .describe("of metrics with a better direction: the arm's value over control's in the same block, median over the blocks"),
    }),
  )
  .describe('null: not measured on this version')
export type Cell = z.infer<typeof Cell>

const MatrixScenario = z.strictObject({
  slug: z.string(),
  metric: z.nullable(z.string()).describe('the metric of the ratio shown with a verdict: the first one that the rules judge'),
  missing: z.array(z.nullable(z.string())).describe('for each version: why it was not measured there; null: it was'),
  arms: z.array(z.strictObject({ name: z.string(), cells: z.array(Cell).describe('in the order of the versions') })),
  wordings: z
    .array(z.strictObject({ text: z.string(), said: z.array(z.boolean()).describe('on which versions') }))
    .describe('messages of Kubernetes components about arms that all versions have, seen on some versions only'),
})
export type MatrixScenario = z.infer<typeof MatrixScenario>

/** Output of `lab matrix --json`, also published as JSON Schema. */
export const Matrix = z.strictObject({
  schemaVersion: z.literal(1),
  versions: z
    .array(
      z.strictObject({
        kubernetes: z.string(),
        startedAt: z.iso.datetime(),
        seed: z.int(),
        mode: z.enum(['quick', 'full']),
        complete: z.boolean().describe('false: the run was cut off'),
      }),
    )
    .describe('in the order the runs were named in'),
  scenarios: z.array(MatrixScenario),
})
export type Matrix = z.infer<typeof Matrix>

/** One run for each version. Throws for two runs of one version, which a matrix cannot distinguish. */
export const matrixOf = (runs: readonly Run[]): Matrix => {
  const names = runs.map(({ environment }) => environment.kubernetes)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new LabError(`Two runs are of Kubernetes ${twice}, but a matrix has one column per version`, {
      exit: 'usage',
      next: '`lab diff` compares two runs of one version',
    })
  const slugs = new Set(runs.flatMap((run) => [...run.scenarios, ...run.skipped].map(({ slug }) => slug)))
  return {
    schemaVersion: 1,
    versions: runs.map(({ environment: { kubernetes }, startedAt, seed, mode, finishedAt }) => ({
      kubernetes,
      startedAt,
      seed,
      mode,
      complete: finishedAt !== null,
    })),
    scenarios: [...slugs].map((slug) => scenarioOf(slug, runs)),
  }
}

const scenarioOf = (slug: string, runs: readonly Run[]): MatrixScenario => {
  const found = runs.map(({ scenarios }) => scenarios.find((each) => each.slug === slug))
  const names = new Set(found.flatMap((scenario) => scenario?.arms.map(({ name }) => name) ?? []))
  return {
    slug,
    metric: leading(found.find((scenario) => scenario !== undefined)),
    missing: runs.map((run, index) => (found[index] ? null : whyMissing(slug, run))),
    arms: [...names].map((name) => ({ name, cells: found.map((scenario) => cellOf(name, scenario)) })),
    wordings: wordingsOf(found.filter((scenario) => scenario !== undefined)),
  }
}

const leading = (scenario: ScenarioRun | undefined): string | null =>
  scenario && !scenario.method.episode
    ? (scenario.method.expect.reproduced.map(({ metric }) => metric).find((name) => scenario.metrics[name]?.better) ?? null)
    : null

const whyMissing = (slug: string, run: Run): string => {
  const skipped = run.skipped.find((each) => each.slug === slug)
  if (skipped) return `skipped: ${skipped.reason}`
  return run.finishedAt === null ? 'the run was cut off before it' : 'not in this run'
}

const cellOf = (name: string, scenario: ScenarioRun | undefined): Cell => {
  const arm = scenario?.arms.find((each) => each.name === name)
  if (!scenario || !arm) return null
  return { verdict: arm.verdict, asExpected: arm.asExpected, ratios: ratiosToControl(arm, scenario) }
}

/** Steady load only: the times of an episode depend on the kubelet's timers. */
const ratiosToControl = ({ name }: ArmRun, scenario: ScenarioRun): Record<string, number> => {
  if (scenario.method.episode) return {}
  return Object.fromEntries(
    Object.entries(scenario.metrics).flatMap(([metric, { better }]) => {
      const ratios = better ? ratiosOf(scenario, name, metric) : []
      return ratios.length === 0 ? [] : [[metric, Math.exp(median(ratios))]]
    }),
  )
}

/** For arms that every version has: messages of other arms differ for that reason alone. */
const wordingsOf = (scenarios: readonly ScenarioRun[]): MatrixScenario['wordings'] => {
  const inAll = ({ name }: ArmRun): boolean => scenarios.every(({ arms }) => arms.some((each) => each.name === name))
  const said = scenarios.map(({ arms }) => wordings(arms.filter(inAll).flatMap(({ proof }) => proof)))
  return [...new Set(said.flatMap((texts) => [...texts]))]
    .map((text) => ({ text, said: said.map((texts) => texts.has(text)) }))
    .filter((each) => each.said.includes(false))
}
