// What lies beside a report, for programs and for other tools.

/** Each file with what it holds. */
export const reportLinks = [
  { file: 'run.json', holds: 'all that was measured and judged' },
  { file: 'numbers.csv', holds: 'every number of every trial' },
] as const
