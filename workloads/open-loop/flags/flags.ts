// Decides how a program's table of flags becomes their values, every problem with them at once, or the lines of its usage.
import { readFlagSyntax } from './flag-syntax.ts'
import type { FlagTexts } from './flag-syntax.ts'

/** A flag with a value. */
export interface ValueFlag<Value> {
  readonly flag: string
  readonly parse: (text: string) => Value | undefined
  /** What a value has to be, for the problem when it is not. */
  readonly wanted: string
  /** Left out: the flag must be given. */
  readonly whenUnset?: string
  /** What the usage calls the value, and says of the flag. */
  readonly value: string
  readonly meaning: string
}

/** A flag without a value: true when it is given. */
export interface Switch {
  readonly flag: string
  readonly meaning: string
}

/** Every flag of a program except --help, by the name of the field its value is read into. */
export type FlagTable = Readonly<Record<string, ValueFlag<unknown> | Switch>>

/** The values of a table's flags. */
export type FlagsOf<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name] extends ValueFlag<infer Value> ? Value : boolean
}

/** Values so far: undefined where one is missing or wrong. */
export type Draft<Table extends FlagTable> = { readonly [Name in keyof Table]: FlagsOf<Table>[Name] | undefined }

/** Flags, a wish for help, or every problem found. */
export type FlagsOutcome<Flags> =
  | { readonly kind: 'valid'; readonly flags: Flags }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** Reads the arguments which follow the program's name. `contradictions` names flags which exclude each other. */
export const readFlags = <Table extends FlagTable>(
  args: readonly string[],
  table: Table,
  contradictions: (draft: Draft<Table>) => readonly string[] = () => [],
): FlagsOutcome<FlagsOf<Table>> => {
  const options = Object.values(table).map((flag) => [flag.flag, { type: hasValue(flag) ? 'string' : 'boolean' }] as const)
  const { texts, problems: mistakes } = readFlagSyntax(args, Object.fromEntries([...options, ['help', { type: 'boolean' }]]))
  if (texts.help === true) return { kind: 'help' }
  const problems = [...mistakes]
  const values = Object.entries(table).map(([name, flag]) => [name, readFlag(flag, texts, (problem) => problems.push(problem))])
  const draft = Object.fromEntries(values) as Draft<Table>
  problems.push(...contradictions(draft))
  if (isComplete<Table>(draft) && problems.length === 0) return { kind: 'valid', flags: draft }
  return { kind: 'invalid', problems }
}

/** A line for each flag, in the order of the table, then --help. */
export const usageOf = (table: FlagTable): string => {
  const lines = [...Object.values(table), { flag: 'help', meaning: 'print this' }].map((flag) => {
    const unset = hasValue(flag) ? flag.whenUnset : undefined
    return [
      `--${flag.flag}${hasValue(flag) ? ` ${flag.value}` : ''}`,
      `${flag.meaning}${unset === undefined ? '' : ` (default ${unset})`}`,
    ] as const
  })
  const width = Math.max(...lines.map(([flag]) => flag.length))
  return lines.map(([flag, meaning]) => `  ${flag.padEnd(width)}  ${meaning}\n`).join('')
}

const readFlag = (flag: ValueFlag<unknown> | Switch, texts: FlagTexts, report: (problem: string) => void): unknown => {
  if (!hasValue(flag)) return texts[flag.flag] === true
  const text = texts[flag.flag] ?? flag.whenUnset ?? ''
  if (typeof text !== 'string') return undefined // a flag without its value: the syntax check has reported it
  const value = flag.parse(text)
  if (value === undefined) report(`--${flag.flag} ${text === '' ? 'is missing:' : `is '${text}', not`} ${flag.wanted}.`)
  return value
}

const hasValue = (flag: ValueFlag<unknown> | Switch): flag is ValueFlag<unknown> => 'parse' in flag

const isComplete = <Table extends FlagTable>(draft: Draft<Table>): draft is Draft<Table> & FlagsOf<Table> =>
  Object.values(draft).every((value) => value !== undefined)
