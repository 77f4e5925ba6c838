// Decides what the command line may say.
import { readFlags as readFlagsOf } from '../open-loop/flags.ts'
import type { FlagsOf, FlagsOutcome, FlagTable } from '../open-loop/flags.ts'
import { httpFlags } from '../open-loop/http-flags.ts'
import { contradictionsOfLoad, loadFlags } from '../open-loop/load-flags.ts'

/** What the load is told to do. */
export type Flags = FlagsOf<typeof flagTable>

/** Every flag there is. */
export const flagTable = {
  ...httpFlags,
  ...loadFlags,
  connections: { ...loadFlags.connections, meaning: 'keep-alive connections; a request takes a free one or waits for one' },
} satisfies FlagTable

/** Reads the arguments which follow the program's name. */
export function readFlags(args: readonly string[]): FlagsOutcome<Flags> {
  return readFlagsOf(args, flagTable, contradictionsOfLoad)
}
