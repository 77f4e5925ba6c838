// How a number with a unit is written: enough digits to compare arms, and never rounded up to "all" or down to "none".

const space = '\u00a0'

const grouped = (value: number, decimals: number): string => {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0 ? '−' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`
}

const percent = (ratio: number): string => {
  if (ratio > 0.9995 && ratio < 1) return `>${space}99.9${space}%`
  if (ratio > 0 && ratio < 0.0005) return `<${space}0.1${space}%`
  return `${(ratio * 100).toFixed(ratio === 0 || ratio === 1 ? 0 : 1)}${space}%`
}

const bySize = (value: number): number => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)

const whole = (value: number): number => (Number.isInteger(value) ? 0 : 1)

const decimalsOf: Record<string, (value: number) => number> = {
  ms: bySize,
  millicores: whole,
  MiB: bySize,
  requests: whole,
  connections: whole,
  pods: (value) => whole(value) * 2,
}

/** The number alone, as in a table whose heading carries the unit. A ratio is written in percent, sign included. */
export const figure = (value: number, unit: string, decimals?: number): string => {
  if (!Number.isFinite(value)) return 'not a number'
  if (unit === 'ratio') return percent(value)
  return grouped(value, decimals ?? (decimalsOf[unit] ?? bySize)(value))
}

/** The number with its unit, as in a sentence. */
export const quantity = (value: number, unit: string, decimals?: number): string =>
  unit === 'ratio' || unit === '' ? figure(value, unit, decimals) : `${figure(value, unit, decimals)}${space}${unit}`

/** A number that was written by a person, such as a limit, with all its digits and its unit. */
export const exact = (value: number, unit: string, ratioUnit = '%'): string => {
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(12))}${space}${ratioUnit}`
  return unit === '' ? String(value) : `${value}${space}${unit}`
}

/** A difference with its sign: `+1.42 ms`. Ratios differ by points of percent. */
export const difference = (value: number, unit: string): string => {
  const sign = value > 0 ? '+' : ''
  return unit === 'ratio'
    ? `${sign}${grouped(value * 100, 1).replace(/\.0$/, '')}${space}points`
    : `${sign}${quantity(value, unit)}`
}
