// Decides what the command line may say besides what every load client understands.
import { readFlags as readFlagsOf } from '../open-loop/flags/flags.ts'
import type { Draft, FlagsOf, FlagsOutcome, FlagTable } from '../open-loop/flags/flags.ts'
import { loadFlags } from '../open-loop/flags/load-flags.ts'
import { parseTarget } from '../open-loop/target.ts'
import type { Target } from '../open-loop/target.ts'

/** How a channel spreads its requests over the addresses behind its target. */
export type Balancing = 'pick_first' | 'round_robin'

/** The values of the load's flags. */
export type Flags = FlagsOf<typeof flagTable>

const parseBalancing = (text: string): Balancing | undefined =>
  text === 'pick_first' || text === 'round_robin' ? text : undefined

// The gRPC resolver takes the address as written.
const parseGrpcTarget = (address: string): Target | undefined => {
  const target = parseTarget(address.replace(/^(dns|xds):\/\/\//, ''))
  return target && { ...target, address }
}

const parseRequestsPerConnection = (text: string): number | undefined =>
  text === 'unlimited' ? Infinity : loadFlags.connections.parse(text)

/** Every flag there is. */
export const flagTable = {
  target: {
    flag: 'target',
    value: 'ADDRESS',
    meaning: 'host:port, dns:///host:port or xds:///host:port',
    parse: parseGrpcTarget,
    wanted: 'host:port, dns:///host:port or xds:///host:port',
  },
  ...loadFlags,
  requestsPerConnection: {
    flag: 'requests-per-connection',
    value: 'N',
    meaning: 'replace each connection after N requests; none is opened before "go"',
    parse: parseRequestsPerConnection,
    wanted: 'an integer above 0, or unlimited',
    whenUnset: 'unlimited',
  },
  balancing: {
    flag: 'balancing',
    value: 'POLICY',
    meaning: "pick_first or round_robin, within each connection's channel",
    parse: parseBalancing,
    wanted: 'pick_first or round_robin',
    whenUnset: 'pick_first',
  },
} satisfies FlagTable

/** Reads the arguments which follow the program's name. */
export const readFlags = (args: readonly string[]): FlagsOutcome<Flags> => readFlagsOf(args, flagTable, contradictions)

const contradictions = ({ requestsPerConnection, balancing }: Draft<typeof flagTable>): string[] =>
  (requestsPerConnection ?? Infinity) < Infinity && balancing === 'round_robin'
    ? ['--requests-per-connection opens one connection at a time, round_robin one to each address. Drop either.']
    : []
