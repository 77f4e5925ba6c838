// Draws requests per pod over time for one arm: a row per pod, a row of failures, trials side by side.
import { ruleY } from '@observablehq/plot'
import type { Markish } from '@observablehq/plot'
import type { Markup } from '../../write/page/markup.ts'
import { failedArea, podAreas } from './areas.ts'
import { blockLabels, failedLabels, podLabels, secondTitles } from './labels.ts'
import { plotSvg } from '../../write/page/plot-svg.ts'
import type { Described } from '../../write/page/plot-svg.ts'
import type { PodReplies } from './replies.ts'

/** Shared scale of all panels of a scenario. */
export type PanelScale = {
  readonly rateRps: number
  readonly ceilingRps: number
  readonly seconds: number
  readonly showFailed: boolean
}

const rowHeightPx = 36
const pitch = 1.22
const marginTop = 6
const marginBottom = 24

const levels = (podReplies: PodReplies, ys: readonly number[], stroke: string, strokeDasharray: string): Markish =>
  ruleY(
    podReplies.blocks.flatMap((block) => ys.map((y) => ({ x1: block.fromSecond, x2: block.toSecond, y }))),
    { x1: 'x1', x2: 'x2', y: 'y', stroke, strokeDasharray },
  )

/** The panel of one arm. Rows are as high as `ceilingRps`; the dotted line is an even share of the rate. */
export const podsPanel = (described: Described, podReplies: PodReplies, scale: PanelScale): Markup => {
  const podCount = podReplies.rows.length
  const rowCount = podCount + (scale.showFailed ? 1 : 0)
  const top = (rowCount - 1) * pitch + 1
  const bases = Array.from({ length: rowCount }, (_, row) => (rowCount - 1 - row) * pitch)
  const podBases = bases.slice(0, podCount)
  const evenShare = scale.rateRps / podCount / scale.ceilingRps
  return plotSvg(described, {
    width: 348,
    height: Math.round(top * rowHeightPx) + marginTop + marginBottom,
    marginLeft: 54,
    marginRight: 54,
    marginTop,
    marginBottom,
    x: { domain: [0, scale.seconds], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      ...podAreas(podReplies, podBases, scale.ceilingRps),
      ...(scale.showFailed ? [failedArea(podReplies, 0, scale.ceilingRps), ...failedLabels(podReplies, 0, scale.seconds)] : []),
      levels(podReplies, bases, 'var(--rule-strong)', 'none'),
      levels(
        podReplies,
        podBases.map((base) => base + evenShare),
        'var(--ink)',
        '1,3',
      ),
      ...podLabels(podReplies, podBases, scale.seconds),
      ...blockLabels(podReplies),
      secondTitles(podReplies, top),
    ],
  })
}
