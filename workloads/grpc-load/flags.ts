// Decides what the command line may say, and names everything wrong with it at once.
import { parseDurationMs } from './duration.ts'
import { readFlagSyntax } from './flag-syntax.ts'
import type { FlagTexts } from './flag-syntax.ts'
import { parseTarget } from './target.ts'
import type { Target } from './target.ts'

/** How a channel spreads its requests over the addresses behind its target. */
export type Balancing = 'pick_first' | 'round_robin'

/** What the load is told to do. */
export interface Flags {
  readonly target: Target
  readonly rateRps: number
  readonly windowMs: number
  readonly warmupMs: number
  readonly deadlineMs: number
  readonly connections: number
  readonly balancing: Balancing
  readonly connectionPerRequest: boolean
  readonly outstandingLimit: number
}

/** Flags, a wish for help, or every problem found. */
export type FlagsOutcome =
  | { readonly kind: 'valid'; readonly flags: Flags }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Draft = { readonly [Name in keyof Flags]: Flags[Name] | undefined }

/** Reads the arguments which follow the program's name. */
export function readFlags(args: readonly string[]): FlagsOutcome {
  const syntax = readFlagSyntax(args)
  if (syntax.texts.help === true) return { kind: 'help' }
  const problems = [...syntax.problems]
  const draft = readDraft(syntax.texts, (problem) => problems.push(problem))
  problems.push(...contradictions(draft))
  if (isComplete(draft) && problems.length === 0) return { kind: 'valid', flags: draft }
  return { kind: 'invalid', problems }
}

function readDraft(texts: FlagTexts, report: (problem: string) => void): Draft {
  const read = <Value>(
    name: keyof FlagTexts,
    whenUnset: string,
    parse: (text: string) => Value | undefined,
    wanted: string,
  ): Value | undefined => {
    const text = texts[name] ?? whenUnset
    if (typeof text !== 'string') return undefined // a flag without its value: the syntax check has reported it
    const value = parse(text)
    if (value === undefined) report(`--${name} ${text === '' ? 'is missing:' : `is '${text}', not`} ${wanted}.`)
    return value
  }
  return {
    target: read('target', '', parseTarget, 'host:port or dns:///host:port'),
    rateRps: read('rate', '', parsePositive, 'a number of requests a second above 0'),
    windowMs: read('duration', '', parsePositiveDurationMs, 'a time above 0 with its unit, such as 10s'),
    warmupMs: read('warmup', '0s', parseDurationMs, 'a time with its unit, such as 1s'),
    deadlineMs: read('deadline', '2s', parsePositiveDurationMs, 'a time above 0 with its unit, such as 2s'),
    connections: read('connections', '1', parsePositiveInteger, 'an integer above 0'),
    balancing: read('balancing', 'pick_first', parseBalancing, 'pick_first or round_robin'),
    connectionPerRequest: texts['connection-per-request'] === true,
    outstandingLimit: read('outstanding-limit', '5000', parsePositiveInteger, 'an integer above 0'),
  }
}

function contradictions({ connectionPerRequest, connections, balancing }: Draft): string[] {
  const problems: string[] = []
  if (connectionPerRequest && (connections ?? 1) > 1) {
    problems.push('--connection-per-request keeps no connections, so --connections must be 1. Drop either.')
  }
  if (connectionPerRequest && balancing === 'round_robin') {
    problems.push('--connection-per-request opens one connection, round_robin one to each address. Drop either.')
  }
  return problems
}

function isComplete(draft: Draft): draft is Flags {
  return Object.values(draft).every((value) => value !== undefined)
}

function parsePositive(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

function parsePositiveInteger(text: string): number | undefined {
  return /^\d+$/.test(text) ? parsePositive(text) : undefined
}

function parsePositiveDurationMs(text: string): number | undefined {
  const durationMs = parseDurationMs(text)
  return durationMs === 0 ? undefined : durationMs
}

function parseBalancing(text: string): Balancing | undefined {
  return text === 'pick_first' || text === 'round_robin' ? text : undefined
}
