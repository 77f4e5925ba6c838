// Decides how bytes leave: into a file, or into a pipe no faster than its reader takes them. A signal is heard meanwhile.
import { constants, fstatSync, openSync, write } from 'node:fs'
import { promisify } from 'node:util'

/** Writes some of the bytes or all, and returns how many. Rejects with the system's error when it can write none. */
export type Write = (bytes: Buffer) => Promise<number>

const stdoutFd = 1
// Not through a link: it could lead to a disk that nobody examined. Not waiting, as for the reader of a named pipe.
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Opens what FLOOD_TO names, and writes nothing. Throws when it cannot be opened, or is a disk, a link or a pipe. */
export const openDestination = (floodTo: string): Write => {
  if (floodTo === 'stdout') return isRead(stdoutFd) ? writeToReader() : writeTo(stdoutFd)
  const fd = openSync(floodTo, appending)
  const stats = fstatSync(fd)
  if (!stats.isFile() && !stats.isCharacterDevice()) throw new Error(`${floodTo} is not a file that can be appended to`)
  return writeTo(fd)
}

const isRead = (fd: number): boolean => {
  const stats = fstatSync(fd)
  return stats.isFIFO() || stats.isSocket()
}

const writeTo = (fd: number): Write => {
  const writeSome = promisify(write)
  return async (bytes) => (await writeSome(fd, bytes)).bytesWritten
}

// Over when the system has taken the bytes: no more than one write is ever in memory.
const writeToReader = (): Write => {
  process.stdout.on('error', () => {}) // the write under way rejects with it
  return (bytes) =>
    new Promise((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve(bytes.length)))
    })
}
