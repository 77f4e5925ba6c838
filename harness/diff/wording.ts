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
    .filter((clause) => /\p{Ll}/u.test(clause)) // a number alone says nothing

/** What the lines of proof say, each wording once. */
export const wordings = (lines: readonly string[]): Set<string> =>
  new Set(lines.filter((line) => isMessage.test(line)).flatMap(wordingsOf))

/** Wordings that every older run has and the newer has not, and that the newer alone has, each once. At least one older run. */
export const changedWordings = (
  older: readonly (readonly string[])[],
  newer: readonly string[],
): { older: string[]; newer: string[] } => {
  const [before, after] = [older.map(wordings), wordings(newer)]
  const [first = new Set(), ...others] = before
  return {
    older: [...first].filter((each) => others.every((run) => run.has(each)) && !after.has(each)),
    newer: [...after].filter((each) => !before.some((run) => run.has(each))),
  }
}
