// Decides the flags which every load client has.
import { parseDurationMs } from '../duration.ts'
import type { FlagsOf, FlagTable } from './flags.ts'

const parsePositiveInteger = (text: string): number | undefined => (/^\d+$/.test(text) ? parsePositive(text) : undefined)

const positiveInteger = { value: 'N', parse: parsePositiveInteger, wanted: 'an integer above 0' }

const parsePositiveDurationMs = (text: string): number | undefined => {
  const durationMs = parseDurationMs(text)
  return durationMs === 0 ? undefined : durationMs
}

export const durationFlag = {
  flag: 'duration',
  value: 'TIME',
  meaning: 'length of the measured window',
  parse: parsePositiveDurationMs,
  wanted: 'a time above 0 with its unit, such as 10s',
}

export const connectionsFlag = {
  ...positiveInteger,
  flag: 'connections',
  meaning: 'real connections, used in turn',
  whenUnset: '1',
}

const parsePositive = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined

/** The flags of every load client, apart from its target. */
export const loadFlags = {
  rateRps: {
    flag: 'rate',
    value: 'N',
    meaning: 'requests a second, evenly spaced',
    parse: parsePositive,
    wanted: 'a number of requests a second above 0',
  },
  windowMs: durationFlag,
  warmupMs: {
    flag: 'warmup',
    value: 'TIME',
    meaning: 'sent before the window and discarded',
    parse: parseDurationMs,
    wanted: 'a time with its unit, such as 1s',
    whenUnset: '0s',
  },
  deadlineMs: {
    flag: 'deadline',
    value: 'TIME',
    meaning: 'per request, from its actual send',
    parse: parsePositiveDurationMs,
    wanted: 'a time above 0 with its unit, such as 2s',
    whenUnset: '2s',
  },
  connections: connectionsFlag,
  outstandingLimit: {
    ...positiveInteger,
    flag: 'outstanding-limit',
    meaning: 'unanswered requests beyond which a due one is counted as notSent',
    whenUnset: '5000',
  },
} satisfies FlagTable

/** The values of the flags which every load client has. */
export type LoadFlags = FlagsOf<typeof loadFlags>
