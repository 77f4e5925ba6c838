// Decides what the command line may say.
import { readFlags as readFlagsOf } from '../open-loop/flags/flags.ts'
import type { FlagsOf, FlagsOutcome, FlagTable } from '../open-loop/flags/flags.ts'
import { httpFlags } from '../open-loop/flags/http-flags.ts'
import { connectionsFlag, durationFlag } from '../open-loop/flags/load-flags.ts'

/** What to ask of the server, and for how long. */
export type Flags = FlagsOf<typeof flagTable>

/** Every flag there is. */
export const flagTable = {
  ...httpFlags,
  connections: { ...connectionsFlag, meaning: 'each sends its next request when it has its reply', whenUnset: '4' },
  durationMs: { ...durationFlag, meaning: 'how long to send' },
} satisfies FlagTable

/** Reads the arguments which follow the program's name. */
export const readFlags = (args: readonly string[]): FlagsOutcome<Flags> => readFlagsOf(args, flagTable)
