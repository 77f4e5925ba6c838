// The areas of a panel: step lines, a step per second, on the base line of their row.
import { isValid } from '../../../model/trial.ts'
import { areaY } from '@observablehq/plot'
import type { Markish } from '@observablehq/plot'
import type { PodReplies, RepliesBlock, RepliesSecond } from './replies.ts'

type Stair = { readonly x: number; readonly y1: number; readonly y2: number; readonly z: string }

const stairs = (block: RepliesBlock, base: number, height: (second: RepliesSecond) => number): Stair[] => {
  const steps = block.seconds.map((second) => ({
    x: second.atSecond,
    y1: base,
    y2: base + height(second),
    z: `${block.number} ${base}`,
  }))
  const last = steps.at(-1)
  return last === undefined ? [] : [...steps, { ...last, x: last.x + 1 }]
}

const area = (steps: readonly Stair[], fill: string): Markish =>
  areaY([...steps], { x: 'x', y1: 'y1', y2: 'y2', z: 'z', curve: 'step-after', fill })

/** Replies per pod; a pod's second is hot if it is closer to all replies than to an even share. */
export const podAreas = (podReplies: PodReplies, bases: readonly number[], ceilingRps: number): Markish[] => {
  const steps = (blocks: readonly RepliesBlock[], hotOnly: boolean): Stair[] =>
    blocks.flatMap((block) =>
      bases.flatMap((base, row) =>
        stairs(block, base, (second) => (hotOnly && second.hot[row] !== true ? 0 : (second.perRow[row] ?? 0)) / ceilingRps),
      ),
    )
  const valid = podReplies.blocks.filter(isValid)
  const invalid = podReplies.blocks.filter((block) => !isValid(block))
  return [
    area(steps(invalid, false), 'var(--void)'),
    area(steps(valid, false), 'var(--even)'),
    area(steps(valid, true), 'var(--hot)'),
  ]
}

/** Failed requests, in their own row. */
export const failedArea = (podReplies: PodReplies, base: number, ceilingRps: number): Markish =>
  area(
    podReplies.blocks.flatMap((block) => stairs(block, base, (second) => second.failed / ceilingRps)),
    'var(--failed)',
  )
