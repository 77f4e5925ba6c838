// Formats a number with a unit: enough digits to compare arms, and never rounded up to "all" or down to "none".

const space = '\u00a0'

const formats = new Map<number, Intl.NumberFormat>()

/** One formatter per number of decimals: creating one takes longer than using it. */
const formatOf = (decimals: number): Intl.NumberFormat => {
  const known = formats.get(decimals)
  if (known) return known
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const made = new Intl.NumberFormat('en', { ...digits, signDisplay: 'negative' })
  formats.set(decimals, made)
  return made
}

const grouped = (value: number, decimals: number): string => formatOf(decimals).format(value).replace('-', '−')

const percent = (ratio: number): string => {
  if (ratio > 0.9995 && ratio < 1) return `>${space}99.9${space}%`
  if (ratio > 0 && ratio < 0.0005) return `<${space}0.1${space}%`
  return `${(ratio * 100).toFixed(ratio === 0 || ratio === 1 ? 0 : 1)}${space}%`
}

/** 1 is yes and 0 is no; what lies between is the median of both. */
const yesOrNo = (value: number): string => (value === 1 ? 'yes' : value === 0 ? 'no' : 'yes and no')

const bySize = (value: number): number => (value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)

const whole = (value: number): number => (Number.isInteger(value) ? 0 : 1)

const decimalsOf: Record<string, (value: number) => number> = {
  ms: bySize,
  millicores: whole,
  MiB: bySize,
  requests: whole,
  connections: whole,
  periods: whole,
  trials: whole,
  evictions: whole,
  nodes: whole,
  r: () => 2,
  pods: (value) => whole(value) * 2,
}

/** The number alone, for a table with the unit in the heading. A ratio is written in percent with its sign; a yes or no in words. */
export const figure = (value: number, unit: string, decimals?: number): string => {
  if (!Number.isFinite(value)) return 'not a number'
  if (unit === 'ratio') return percent(value)
  if (unit === 'yes') return yesOrNo(value)
  return grouped(value, decimals ?? (decimalsOf[unit] ?? bySize)(value))
}

const unwritten = new Set(['', 'ratio', 'r', 'yes'])

/** The number with its unit, as in a sentence. */
export const quantity = (value: number, unit: string, decimals?: number): string =>
  unwritten.has(unit) ? figure(value, unit, decimals) : `${figure(value, unit, decimals)}${space}${unit}`

/** A number from a scenario file, such as a limit, with all its digits and its unit. */
export const exact = (value: number, unit: string, ratioUnit = '%'): string => {
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(12))}${space}${ratioUnit}`
  return unwritten.has(unit) ? String(value) : `${value}${space}${unit}`
}

/** How far apart two numbers are: `1.42 ms`. Ratios differ by points of percent. */
export const distance = (value: number, unit: string): string =>
  unit === 'ratio' ? `${grouped(value * 100, 1).replace(/\.0$/, '')}${space}points` : quantity(value, unit)

/** A difference with its sign: `+1.42 ms`. */
export const difference = (value: number, unit: string): string => `${value > 0 ? '+' : ''}${distance(value, unit)}`

/** How many times one number is another: `2.31`. */
export const multiple = (ratio: number): string => grouped(ratio, ratio === 0 ? 2 : bySize(ratio))

/** A difference as a share, with its sign: `+1.3 %`. */
export const relative = (share: number): string =>
  `${share > 0 ? '+' : ''}${grouped(share * 100, share === 0 || Math.abs(share) >= 1 ? 0 : 1)}${space}%`
