// Decides what the environment may say.
import { statSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import { readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** What to write, where, and what must not be filled. */
export interface Settings {
  /** `stdout`, or the absolute path of a file. */
  readonly floodTo: string
  readonly rateMibPerS: number
  /** Every flood ends somewhere. */
  readonly atMostMib: number
  /** Absolute path of a folder, whose file system must be a small one. */
  readonly guard: string
  readonly largestFileSystemMib: number
}

const isFolderHere = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false // missing, or not to be looked at
  }
}

export const readSettings = (environment: Environment, isFolder = isFolderHere): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ text, positive, refuse }) => {
    const [floodTo, guard] = [text('FLOOD_TO'), text('GUARD')]
    const isFile = floodTo !== 'stdout'
    if (isFile && !isAbsolute(floodTo)) refuse(`FLOOD_TO is '${floodTo}'. Set stdout, or the absolute path of a log file.`)
    else if (isFile && !isFolder(dirname(floodTo)))
      refuse(`FLOOD_TO is '${floodTo}', but there is no folder ${dirname(floodTo)}. Create it, or name a file elsewhere.`)
    else if (isFile && isFolder(floodTo)) refuse(`FLOOD_TO is '${floodTo}', which is a folder. Name a file in it.`)
    const [rateMibPerS, atMostMib] = [positive('RATE_MIB_PER_S', 20, 100), positive('AT_MOST_MIB', undefined, 4096)]
    if (!isAbsolute(guard) || !isFolder(guard))
      refuse(`GUARD is '${guard}'. Set the absolute path of a folder on the file system that may be filled.`)
    return { floodTo, rateMibPerS, atMostMib, guard, largestFileSystemMib: positive('LARGEST_FILE_SYSTEM_MIB', 2048, 1e9) }
  })
