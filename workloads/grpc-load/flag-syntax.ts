// Decides which flags exist, and which uses of them are mistakes whatever their values.
import { parseArgs } from 'node:util'

const options = {
  target: { type: 'string' },
  rate: { type: 'string' },
  duration: { type: 'string' },
  warmup: { type: 'string' },
  deadline: { type: 'string' },
  connections: { type: 'string' },
  balancing: { type: 'string' },
  'connection-per-request': { type: 'boolean' },
  'outstanding-limit': { type: 'string' },
  help: { type: 'boolean' },
} as const

type Parsed = ReturnType<typeof parse>

/** The text of each flag given; `true` for one without a value. */
export type FlagTexts = Parsed['values']

/** The flags as given, and every mistake in their use. */
export interface FlagSyntax {
  readonly texts: FlagTexts
  readonly problems: readonly string[]
}

/** Splits arguments into flags and their texts. */
export function readFlagSyntax(args: readonly string[]): FlagSyntax {
  const { values, tokens } = parse(args)
  return { texts: values, problems: tokens.flatMap(problemsOf) }
}

// Strict parsing would stop at the first mistake; this is lenient, and the tokens are judged below.
function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: false, tokens: true })
}

function problemsOf(token: Parsed['tokens'][number]): string[] {
  if (token.kind === 'positional') return [`'${token.value}' belongs to no flag. Flags start with --.`]
  if (token.kind !== 'option') return []
  const known = Object.entries(options).find(([name]) => `--${name}` === token.rawName)?.[1]
  if (known === undefined) return [`${token.rawName} is not a flag. See the list below.`]
  if (known.type === 'string' && token.value === undefined) return [`${token.rawName} needs a value.`]
  if (known.type === 'boolean' && token.value !== undefined) return [`${token.rawName} takes no value.`]
  return []
}
