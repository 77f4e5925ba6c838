// Three small pictures of a scenario on the same scales: healthy, broken, fixed, as the client saw it.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { repliesOf } from '../../model/trial.ts'
import type { LoadSecond } from '../../model/trial.ts'
import { armPiece } from '../document/elements.ts'
import type { Element, Group } from '../document/elements.ts'
import { validTrialsOf } from '../facts/arm-trials.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { armValue } from '../write/arm-value.ts'
import { labelWithUnit } from '../write/metric-words.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { figure } from '../write/quantity.ts'

interface Tile {
  readonly title: string
  readonly arm: ArmRun
  /** Seconds of its first valid trial. */
  readonly seconds: readonly LoadSecond[]
}

/** Empty if the incident has no valid trial. */
export const tiles = (scenario: ScenarioRun): Element[] => {
  const fixed = scenario.arms.find(({ verdict }) => verdict === 'fixed')
  const shown = (
    [
      ['Healthy', armOfKind(scenario, 'control')],
      ['Broken', armOfKind(scenario, 'incident')],
      ['Fixed', fixed],
    ] as const
  ).flatMap(([title, arm]): Tile[] => {
    const seconds = arm && validTrialsOf(scenario.trials, arm.name)[0]?.load.perSecond
    return arm && seconds ? [{ title, arm, seconds }] : []
  })
  if (shown.every(({ title }) => title !== 'Broken')) return []
  const picture = pictureOf(shown)
  return [
    { element: 'groups', look: 'tiles', groups: shown.map((tile) => group(scenario, tile, picture)) },
    { element: 'note', line: `${picture.words} The first valid trial of each arm.` },
  ]
}

interface Picture {
  readonly words: string
  readonly up: (second: LoadSecond) => number
  readonly down: (second: LoadSecond) => number
  readonly highest: number
  readonly deepest: number
  readonly seconds: number
}

const failed = (second: LoadSecond): number => second.failed
const slowest = ({ latencyUs }: LoadSecond): number => (latencyUs?.p99 ?? 0) / 1000

/** Answered and failed requests; latency if none failed. */
const pictureOf = (shown: readonly Tile[]): Picture => {
  const all = shown.flatMap(({ seconds }) => seconds)
  const most = (of: (second: LoadSecond) => number): number => Math.max(0, ...all.map(of))
  const hasFailures = most(failed) > 0
  const [up, down] = hasFailures ? [repliesOf, failed] : [slowest, () => 0]
  const words = hasFailures
    ? `Requests per second of the client: answered upwards, at most ${figure(most(repliesOf), 'requests')}; failed downwards.`
    : `p99 latency of the client per second, at most ${figure(most(slowest), 'ms')} ms.`
  return {
    words,
    up,
    down,
    highest: Math.max(1, most(up)),
    deepest: most(down),
    seconds: Math.max(...shown.map(({ seconds }) => seconds.length)),
  }
}

const size = { width: 320, height: 72 }

const drawn = (id: string, { title, arm, seconds }: Tile, picture: Picture): Markup => {
  const { up, down, highest, deepest } = picture
  const scale = size.height / (highest + deepest)
  const axis = highest * scale
  const step = size.width / picture.seconds
  const bar = (className: string, second: number, y: number, height: number): Markup | null =>
    height <= 0
      ? null
      : markup`<rect class="${className}" x="${(second * step).toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(step - 1, 0.5).toFixed(1)}" height="${height.toFixed(1)}"></rect>`
  return markup`<svg class="tile" role="img" viewBox="0 0 ${size.width} ${size.height}" preserveAspectRatio="none" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}: ${arm.name}</title><desc id="${id}-desc">${seconds.length} seconds of the client.</desc>
${seconds.map((second, index) => [
  bar('up', index, axis - up(second) * scale, up(second) * scale),
  bar('down', index, axis, down(second) * scale),
])}</svg>`
}

const group = (scenario: ScenarioRun, tile: Tile, picture: Picture): Group => {
  const { title, arm } = tile
  const [name] = keyMetrics(scenario)
  const value = name === undefined ? null : armValue(scenario, arm, name)
  return {
    heading: [title, armPiece(arm)],
    about: arm.summary,
    elements: [
      { element: 'drawing', draw: () => drawn(`${scenario.slug}-tile-${arm.name}`, tile, picture) },
      ...(name === undefined || value === null
        ? []
        : [
            {
              element: 'paragraph',
              line: [{ piece: 'strong', text: value.shown }, labelWithUnit(scenario, name)],
            } as const,
          ]),
    ],
  }
}
