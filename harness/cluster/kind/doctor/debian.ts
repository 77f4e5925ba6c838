// How this machine's user installs Debian's packages.
import { execa } from 'execa'

/** Whether this process is root's: it needs no sudo. */
export const asRoot = process.getuid?.() === 0

export const installing = async (packages: string): Promise<string> =>
  (await hasApt()) ? `\`${asRoot ? '' : 'sudo '}apt-get install ${packages}\`` : `install ${packages}, as Debian calls it`

export const hasApt = async (): Promise<boolean> => !(await execa('apt-get', ['--version'], { reject: false })).failed
