// Decides whether the flood may begin: only when every file system it could fill is a small one.
import { existsSync, fstatSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Settings } from './environment.ts'

const mib = 2 ** 20

/** The whole of the message, or undefined when the flood may begin. Nothing was written either way. */
export const refusalOf = async (settings: Settings): Promise<string | undefined> => {
  const { largestFileSystemMib } = settings
  const examined = placesOf(settings).map(async ([name, path]) => {
    const objection = await objectionTo(path, largestFileSystemMib)
    return objection === undefined ? [] : [`${name} ${path} ${objection}`]
  })
  const objections = (await Promise.all(examined)).flat()
  if (objections.length === 0) return undefined
  return (
    `The flood was refused, and nothing was written: ${objections.join('; ')}. ` +
    'Let GUARD and FLOOD_TO lie on the small file system that is to be filled, or set LARGEST_FILE_SYSTEM_MIB higher ' +
    'if this one may be.'
  )
}

// A file may be mounted by itself, apart from its folder. What stdout is when it is a pipe, only GUARD can say.
const placesOf = ({ guard, floodTo }: Settings): (readonly [name: string, path: string])[] => {
  const fileOfStdout = fstatSync(1).isFile() ? [['The file which is stdout,', '/dev/stdout'] as const] : []
  const file = existsSync(floodTo) ? [['FLOOD_TO file', floodTo] as const] : []
  const ofFlood = floodTo === 'stdout' ? fileOfStdout : [['FLOOD_TO folder', dirname(floodTo)] as const, ...file]
  return [['GUARD path', guard], ...ofFlood]
}

const objectionTo = async (path: string, largestMib: number): Promise<string | undefined> => {
  try {
    const { blocks, bsize } = await statfs(path)
    const sizeMib = (blocks * bsize) / mib
    if (sizeMib === 0) return 'lies on a file system which tells no size, so that nothing bounds it'
    if (sizeMib <= largestMib) return undefined
    const size = `lies on a file system of ${Math.ceil(sizeMib)} MiB, larger than ${largestMib}`
    return `${size}: that is a machine's own disk, not the lab's small one`
  } catch (error) {
    return `lies on a file system which cannot be examined (${String(error)})`
  }
}
