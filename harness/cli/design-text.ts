// The design of a run, as lines for a terminal.
import { blocksIn, designOf, steadyArmsIn } from '../design/design.ts'
import type { DesignOptions } from '../design/design.ts'
import { findableRatio } from '../design/findable.ts'
import { levelOfArm } from '../judge/levels.ts'
import { copyName } from '../model/design.ts'
import type { Design } from '../model/design.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { roughly } from '../model/build-cost.ts'
import { inColumnsWithin } from '../report/write/columns.ts'
import { listed } from '../report/write/listed.ts'
import { lineWidth, wrapped } from '../report/write/wrapped.ts'

/** The design of a scenario, and the error that each of its arms may have. */
export interface Planned {
  readonly slug: string
  readonly kind: 'steady' | 'episode'
  readonly design: Design
  /** Two-sided; null: episodes, each of which is judged by itself. */
  readonly level: number | null
}

export const plannedOf = (scenarios: readonly ChosenScenario[], options: DesignOptions): Planned[] => {
  const level = levelOfArm(steadyArmsIn(scenarios))
  return scenarios.map((each) => {
    const { slug, trial } = each.loaded.scenario
    return { slug, kind: trial.kind, design: designOf(each, options), level: trial.kind === 'steady' ? level : null }
  })
}

export const showDesign = (
  planned: readonly Planned[],
  { mode, seed }: Pick<DesignOptions, 'mode' | 'seed'>,
  { json = false }: { readonly json?: boolean },
): void => {
  if (json) console.log(JSON.stringify({ mode, seed, scenarios: planned }, undefined, 2))
  else console.log(designLines(planned, process.stdout.columns).join('\n'))
}

/** A line for each fact; none is longer than fits `columns`, see `lineWidth`. */
export const designLines = (planned: readonly Planned[], columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  return planned.flatMap(({ slug, kind, design, level }, index) => [
    ...(index === 0 ? [] : ['']),
    `${slug}  ${extent(kind, design)}, ${roughly(design.seconds)}`,
    ...inColumnsWithin(deploymentRows(design), width).map((line) => line.trimEnd()),
    ...orderOf(kind, design).flatMap((line) => wrapped(`  ${line}`, width)),
    ...(level === null ? [] : findable(design, level)).flatMap((line) => wrapped(`  ${line}`, width)),
  ])
}

const extent = (kind: Planned['kind'], { looks }: Design): string => {
  const numbers = looks.map(({ blocks }) => String(blocks))
  const last = looks.at(-1)?.blocks ?? 0
  if (kind === 'episode') return last === 1 ? '1 episode an arm' : `${last} episodes an arm`
  return looks.length === 1 ? `${last} blocks` : `${numbers[0]} to ${last} blocks`
}

const deploymentRows = ({ deployments }: Design): string[][] => {
  const arms = [...Map.groupBy(deployments, ({ arm }) => arm)]
  return arms.map(([arm, copies]) => {
    const needs = copies[0]?.needs ?? []
    const facts = [
      ...(copies.length > 1 ? [`deployed ${copies.length} times in each block`] : []),
      ...(needs.length > 0 ? [`needs ${listed(needs)}`] : []),
    ]
    return [`  ${arm}`, facts.join('; ')]
  })
}

const orderOf = (kind: Planned['kind'], design: Design): string[] => {
  const [first = []] = blocksIn(design)
  const names = first.map(copyName)
  const looks = design.looks.slice(0, -1).map(({ blocks }) => String(blocks))
  return [
    kind === 'steady' ? `first block: ${names.join(', ')}; each block has an order of its own` : `order: ${names.join(', ')}`,
    ...(looks.length > 0 ? [`arms whose verdict is decided leave after ${listed(looks)} blocks`] : []),
  ]
}

/** How far control may be from itself from block to block: the lab measured 2 to 10 %, by metric and hour. */
const scatters = [0.02, 0.05, 0.1]

const findable = (design: Design, level: number): string[] => {
  const { blocks, share } = design.looks[0] ?? { blocks: 0, share: 1 }
  const found = scatters.map((sd) => ({ sd, ratio: findableRatio(blocks, sd, level * share) }))
  if (found.some(({ ratio }) => ratio === null))
    return [`${blocks} blocks: they decide where they agree, and are clear of the noise that the two deployments of control show`]
  const words = found.map(({ sd, ratio }) => `${percent((ratio ?? 1) - 1)} where blocks scatter by ${percent(sd)}`)
  return [`finds in 9 of 10 runs a difference of ${listed(words)}`]
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0).replace(/\.0$/, '')} %`
