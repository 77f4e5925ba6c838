// Decides what the command line may say.
import { readFlags as readFlagsOf } from '../open-loop/flags/flags.ts'
import type { Draft, FlagsOf, FlagsOutcome, FlagTable } from '../open-loop/flags/flags.ts'
import { httpFlags } from '../open-loop/flags/http-flags.ts'
import { loadFlags } from '../open-loop/flags/load-flags.ts'

/** The values of the load's flags. */
export type Flags = FlagsOf<typeof flagTable>

/** Every flag there is. */
export const flagTable = {
  ...httpFlags,
  ...loadFlags,
  connections: { ...loadFlags.connections, meaning: 'keep-alive connections; a request takes a free one or waits for one' },
  connectionPerRequest: {
    flag: 'connection-per-request',
    meaning: 'a new connection for each request, closed after it',
  },
} satisfies FlagTable

/** Reads the arguments which follow the program's name. */
export const readFlags = (args: readonly string[]): FlagsOutcome<Flags> => readFlagsOf(args, flagTable, contradictions)

const contradictions = ({ connectionPerRequest, connections }: Draft<typeof flagTable>): string[] =>
  connectionPerRequest === true && (connections ?? 1) > 1
    ? ['--connection-per-request keeps no connections, so --connections must be 1. Drop either.']
    : []
