// What Kubernetes said in each run, without the numbers and names that differ from run to run: wording that is new is a finding.

/** Lines of proof that repeat what a component said. */
const isMessage = /^(scheduler|kubelet|API server|eviction|log)\b/

/** What a message says, clause by clause, with its numbers, times and made-up names left out: how many nodes there are decides their order. */
const wordingsOf = (line: string): string[] =>
  line
    .replace(/^(\S+) \d+, \S+ at [\d.]+ m?s: /, '$1: ')
    .replaceAll(/-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g, '-…')
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, '…')
    .replaceAll(/\d+(?:[.:]\d+)*[KMG]?i?\b/g, 'N')
    .split(/[.,:;] +|[.,:;]$/)
    .filter((clause) => clause !== '')

/** What the lines of proof say, each wording once. */
export const wordings = (lines: readonly string[]): string[] => [
  ...new Set(lines.filter((line) => isMessage.test(line)).flatMap(wordingsOf)),
]

/** Wordings that only one of two runs has, each once. */
export const changedWordings = (older: readonly string[], newer: readonly string[]): { older: string[]; newer: string[] } => {
  const [before, after] = [wordings(older), wordings(newer)]
  return { older: before.filter((each) => !after.includes(each)), newer: after.filter((each) => !before.includes(each)) }
}
