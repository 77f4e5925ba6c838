// The labels of a panel: ranks of pods on the left, their shares on the right, blocks below, and a tooltip for each second.
import { isValid } from '../../../model/trial.ts'
import { rect, text } from '@observablehq/plot'
import type { Markish, TextOptions } from '@observablehq/plot'
import { figure } from '../../write/quantity.ts'
import { validTotal } from './valid-total.ts'
import type { PodReplies, RepliesBlock, RepliesSecond } from './replies.ts'

type Label = { readonly x: number; readonly y: number; readonly text: string }

const middle = 0.36

const write = (labels: readonly Label[], options: TextOptions): Markish =>
  text([...labels], { x: 'x', y: 'y', text: 'text', fontSize: 12, ...options })

const atLeft = (labels: readonly Label[], fill: string): Markish => write(labels, { textAnchor: 'end', dx: -8, fill })

const atRight = (labels: readonly Label[], fill: string, fontWeight = 400): Markish =>
  write(labels, { textAnchor: 'start', dx: 8, fill, fontWeight })

/** The last part of a pod's name, which distinguishes the pods of a Deployment. */
const shortPod = (pod: string): string => pod.slice(pod.lastIndexOf('-') + 1).slice(0, 7)

/** Place and share of each pod's row. */
export const podLabels = (podReplies: PodReplies, bases: readonly number[], endSecond: number): Markish[] => [
  atLeft(
    podReplies.rows.map(({ name }, row) => ({
      x: 0,
      y: (bases[row] ?? 0) + middle,
      text: name,
    })),
    'var(--ink-soft)',
  ),
  atRight(
    podReplies.rows.map(({ share }, row) => ({
      x: endSecond,
      y: (bases[row] ?? 0) + middle,
      text: figure(share, 'ratio'),
    })),
    'var(--ink)',
  ),
]

/** Name and total of the row of failed requests. */
export const failedLabels = (podReplies: PodReplies, base: number, endSecond: number): Markish[] => {
  const failed = validTotal(podReplies, (second) => second.failed)
  const fill = failed === 0 ? 'var(--ink-soft)' : 'var(--failed-ink)'
  const y = base + middle
  return [
    atLeft([{ x: 0, y, text: 'failed' }], fill),
    atRight([{ x: endSecond, y, text: figure(failed, 'requests') }], fill, failed === 0 ? 400 : 700),
  ]
}

/** The number of each block, marked if its trial is invalid. */
export const blockLabels = (podReplies: PodReplies): Markish[] => [
  write([{ x: 0, y: 0, text: 'block' }], { textAnchor: 'end', dx: -8, dy: 15, fill: 'var(--ink-soft)' }),
  write(
    podReplies.blocks.map((block) => ({
      x: (block.fromSecond + block.toSecond) / 2,
      y: 0,
      text: `${block.number}${isValid(block) ? '' : ' ✕'}`,
    })),
    { dy: 15, fill: 'var(--ink-soft)' },
  ),
]

const secondTitle = (block: RepliesBlock, second: RepliesSecond): string =>
  [
    `block ${block.number}, second ${second.atSecond - block.fromSecond + 1}`,
    ...block.rows.flatMap((pod, row) => (pod === '' ? [] : [`${shortPod(pod)}: ${second.perRow[row] ?? 0}`])),
    `failed: ${second.failed}`,
    ...(second.notSent === 0 ? [] : [`not sent: ${second.notSent}`]),
    second.p99Ms === null ? 'no reply' : `p99: ${figure(second.p99Ms, 'ms')} ms`,
  ].join('\n')

/** Invisible columns with the tooltip of each second. */
export const secondTitles = (podReplies: PodReplies, top: number): Markish =>
  rect(
    podReplies.blocks.flatMap((block) =>
      block.seconds.map((second) => ({
        x1: second.atSecond,
        x2: second.atSecond + 1,
        y1: 0,
        y2: top,
        title: secondTitle(block, second),
      })),
    ),
    { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', title: 'title', fill: 'transparent' },
  )
