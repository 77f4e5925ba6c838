// A ratio as a change in percent.

/** +34 % for 1.34, −25 % for 0.75. */
export const percentChange = (ratio: number): string => {
  const percent = Math.round((ratio - 1) * 100)
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`
}
