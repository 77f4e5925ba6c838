// Messages of Kubernetes in each run, without the numbers and names that differ from run to run: a new message is a finding.

/** Lines of proof that repeat what a component said. */
const isMessage = /^(scheduler|kubelet|API server|eviction|log)\b/

/** Clauses of a message without numbers, times and generated names, sorted, since their order depends on the number of nodes. */
const wordingsOf = (line: string): string[] =>
  line
    .replace(/^(\S+) \d+, \S+ at [\d.]+ m?s: /, '$1: ')
    .replaceAll(/-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g, '-…')
    .replaceAll(/\b[0-9a-f]{12,64}\b/g, '…')
    .replaceAll(/\d+(?:[.:]\d+)*[KMG]?i?\b/g, 'N')
    .split(/[.,:;] +|[.,:;]$/)
    .filter((clause) => /\p{Ll}/u.test(clause)) // a number alone says nothing

/** Distinct messages in the lines of proof. */
export const wordings = (lines: readonly string[]): Set<string> =>
  new Set(lines.filter((line) => isMessage.test(line)).flatMap(wordingsOf))

/** Distinct messages that every older run has but the newer lacks, and that only the newer has. At least one older run. */
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
