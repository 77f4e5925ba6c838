// Decides what the environment may say, and names everything wrong with it at once.
import { statSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'

/** What to write, where, and what must not be filled. */
export interface Settings {
  /** `stdout`, or the absolute path of a file. */
  readonly floodTo: string
  readonly rateMibPerS: number
  readonly atMostMib: number
  /** Absolute path of a folder, whose file system must be a small one. */
  readonly guard: string
  readonly largestFileSystemMib: number
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const fastestMibPerS = 100
const mostMib = 4096

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment, isFolder = isFolderHere): SettingsOutcome {
  const { FLOOD_TO: floodTo = '', GUARD: guard = '', AT_MOST_MIB: atMostText = '' } = environment
  const { RATE_MIB_PER_S: rateText = '20', LARGEST_FILE_SYSTEM_MIB: largestText = '2048' } = environment
  const problems: string[] = []
  const rateMibPerS = numberOf(rateText)
  const atMostMib = numberOf(atMostText)
  const largestFileSystemMib = numberOf(largestText)
  if (floodTo !== 'stdout' && !isAbsolute(floodTo)) {
    problems.push(`FLOOD_TO is '${floodTo}'. Set stdout, or the absolute path of a log file.`)
  } else if (floodTo !== 'stdout' && !isFolder(dirname(floodTo))) {
    problems.push(`FLOOD_TO is '${floodTo}', but there is no folder ${dirname(floodTo)}. Create it, or name a file elsewhere.`)
  } else if (floodTo !== 'stdout' && isFolder(floodTo)) {
    problems.push(`FLOOD_TO is '${floodTo}', which is a folder. Name a file in it.`)
  }
  if (!(rateMibPerS > 0 && rateMibPerS <= fastestMibPerS)) {
    problems.push(`RATE_MIB_PER_S is '${rateText}'. Set a number above 0, at most ${fastestMibPerS}, or unset it for 20.`)
  }
  if (!(atMostMib > 0 && atMostMib <= mostMib)) {
    problems.push(`AT_MOST_MIB is '${atMostText}': every flood ends somewhere. Set a number above 0, at most ${mostMib}.`)
  }
  if (!isAbsolute(guard) || !isFolder(guard)) {
    problems.push(`GUARD is '${guard}'. Set the absolute path of a folder on the file system that may be filled.`)
  }
  if (!(largestFileSystemMib > 0)) {
    problems.push(`LARGEST_FILE_SYSTEM_MIB is '${largestText}'. Set a number of MiB above 0, or unset it for 2048.`)
  }
  const settings = { floodTo, rateMibPerS, atMostMib, guard, largestFileSystemMib }
  return problems.length === 0 ? { kind: 'valid', settings } : { kind: 'invalid', problems }
}

function isFolderHere(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false // missing, or not to be looked at
  }
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}
