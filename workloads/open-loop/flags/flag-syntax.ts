// Decides which uses of a program's flags are mistakes whatever their values.
import { parseArgs } from 'node:util'

/** The flags there are, without their dashes, as `parseArgs` wants them. */
export type FlagOptions = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>

/** The text of each flag given; `true` for one without a value. */
export type FlagTexts = Readonly<Record<string, unknown>>

/** The flags as given, and every mistake in their use. */
export interface FlagSyntax {
  readonly texts: FlagTexts
  readonly problems: readonly string[]
}

type Parsed = ReturnType<typeof parse>

/** Splits arguments into flags and their texts. */
export const readFlagSyntax = (args: readonly string[], options: FlagOptions): FlagSyntax => {
  const { values, tokens } = parse(args, options)
  return { texts: values, problems: tokens.flatMap((token) => problemsOf(token, options)) }
}

// Strict parsing would stop at the first mistake; this is lenient, and the tokens are judged below.
const parse = (args: readonly string[], options: FlagOptions) =>
  parseArgs({ args: [...args], options, strict: false, tokens: true })

const problemsOf = (token: Parsed['tokens'][number], options: FlagOptions): string[] => {
  if (token.kind === 'positional') return [`'${token.value}' belongs to no flag. Flags start with --.`]
  if (token.kind !== 'option') return []
  const known = Object.entries(options).find(([name]) => `--${name}` === token.rawName)?.[1]
  if (known === undefined) return [`${token.rawName} is not a flag. See the list below.`]
  if (known.type === 'string' && token.value === undefined) return [`${token.rawName} needs a value.`]
  if (known.type === 'boolean' && token.value !== undefined) return [`${token.rawName} takes no value.`]
  return []
}
