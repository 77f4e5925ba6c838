// How a program reads its settings from environment variables: a variable that is set must be right, even when empty, and everything that is
// wrong is reported at once.

export type Environment = Readonly<Record<string, string | undefined>>

/** Settings, or every problem found. */
export type SettingsOutcome<Settings> =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** Each gives the value of a variable; for one that is wrong it reports the problem, and gives any value. */
export interface Reader {
  /** Name of the pod, which replies carry. */
  readonly pod: () => string
  readonly integer: (name: string, whenUnset: number, least: number, most: number) => number
  /** A number above 0, fractions among them. `whenUnset` undefined: it has to be set. */
  readonly positive: (name: string, whenUnset: number | undefined, most: number) => number
  readonly text: (name: string, whenUnset?: string) => string
  /** Reports what else is wrong; a sentence that begins with the variable's name. */
  readonly refuse: (problem: string) => void
}

export const readEnvironment = <Settings>(
  environment: Environment,
  read: (reader: Reader) => Settings,
): SettingsOutcome<Settings> => {
  const problems: string[] = []
  const refuse = (problem: string): void => void problems.push(problem)
  const numberIn = (
    name: string,
    whenUnset: number | undefined,
    form: RegExp,
    isRight: (value: number) => boolean,
    wanted: string,
  ) => {
    const text = environment[name] ?? String(whenUnset ?? '')
    const value = form.test(text) ? Number(text) : Number.NaN
    const otherwise = whenUnset === undefined ? '' : `, or unset it for ${whenUnset}`
    if (!isRight(value)) refuse(`${name} is '${text}'. Set ${wanted}${otherwise}.`)
    return value
  }
  const settings = read({
    refuse,
    text: (name, whenUnset = '') => environment[name] ?? whenUnset,
    pod: () => {
      const { POD_NAME: pod = '' } = environment
      if (pod === '') refuse('POD_NAME is missing: replies must name their pod. Set it from fieldRef metadata.name.')
      return pod
    },
    integer: (name, whenUnset, least, most) =>
      numberIn(name, whenUnset, /^\d+$/, (value) => value >= least && value <= most, `an integer from ${least} to ${most}`),
    positive: (name, whenUnset, most) =>
      numberIn(name, whenUnset, /^\d+(\.\d+)?$/, (value) => value > 0 && value <= most, `a number above 0, at most ${most}`),
  })
  return problems.length === 0 ? { kind: 'valid', settings } : { kind: 'invalid', problems }
}

/** Of a TCP port that a server listens on. */
export const highestPort = 65_535
