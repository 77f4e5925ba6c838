// The scales of an episode's picture, which all arms of a scenario share: time to the right, counts and gauges upwards.

/** Size of the drawing. A wide one shows the outcome of each lane on the right, and a tooltip for each bar. */
export type EpisodeSize = {
  readonly name: 'wide' | 'medium' | 'narrow'
  readonly widthPx: number
  readonly leftPx: number
  readonly rightPx: number
  readonly roomy: boolean
}

export const episodeSizes: readonly EpisodeSize[] = [
  { name: 'wide', widthPx: 1040, leftPx: 158, rightPx: 236, roomy: true },
  { name: 'medium', widthPx: 736, leftPx: 142, rightPx: 154, roomy: false },
  { name: 'narrow', widthPx: 360, leftPx: 114, rightPx: 2, roomy: false },
]

/** Scale shared by the arms. `mostOf`: maximum of each series over all arms. */
export type SharedScale = {
  readonly fromMs: number
  readonly toMs: number
  readonly callsPerSecond: number
  readonly mostOf: Readonly<Record<string, number>>
}

/** Shared scales in one drawing; `hatch` fills the bar of a waiting state. */
export type EpisodeScale = SharedScale & {
  readonly size: EpisodeSize
  readonly hatch: string
  readonly x: (ms: number) => number
}

/** A coordinate, rounded to a hundredth of a pixel. */
export const px = (value: number): number => Math.round(value * 100) / 100

/** The scale of one drawing. */
export const episodeScale = (shared: SharedScale, size: EpisodeSize, id: string): EpisodeScale => ({
  ...shared,
  size,
  hatch: `${id}-hatch`,
  x: (ms) => {
    const within = Math.min(shared.toMs, Math.max(shared.fromMs, ms))
    const widthPx = size.widthPx - size.leftPx - size.rightPx
    return px(size.leftPx + ((within - shared.fromMs) / (shared.toMs - shared.fromMs)) * widthPx)
  },
})

const stepsSeconds = [5, 10, 15, 20, 30, 60, 120, 300, 600]

/** Times with a mark on the axis, in ms: multiples of one step, 0 among them. */
export const timeTicks = ({ fromMs, toMs, size, x }: EpisodeScale): number[] => {
  const room = size.name === 'narrow' ? 38 : 56
  const step = 1000 * (stepsSeconds.find((each) => x(fromMs + each * 1000) - x(fromMs) >= room) ?? 1200)
  const first = Math.ceil(fromMs / step)
  return Array.from({ length: Math.floor(toMs / step) - first + 1 }, (_, index) => (first + index) * step)
}
