// How the user of this machine installs Debian packages.
import { execa } from 'execa'
import { LabError } from '../../../model/lab-error.ts'
import type { Work } from '../../../model/work.ts'

/** Whether this process runs as root and needs no sudo. */
export const asRoot = process.getuid?.() === 0

export const installCommand = async (packages: string): Promise<string> =>
  (await hasApt()) ? `\`${asRoot ? '' : 'sudo '}apt-get install ${packages}\`` : `install ${packages}, as Debian calls it`

export const hasApt = async (): Promise<boolean> => !(await execa('apt-get', ['--version'], { reject: false })).failed

/** Lets apt-get finish even after an abort, and then throws; a failure of apt-get is an error. */
export const apt = async ({ signal }: Pick<Work, 'signal'>, arguments_: readonly string[]): Promise<void> => {
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } // run level 1: packages start no service; the lab starts what it needs
  const { failed, all } = await execa('apt-get', ['--quiet', '--quiet', ...arguments_], {
    all: true,
    reject: false,
    detached: true, // Ctrl-C must not reach it: it would leave packages half configured. The lab waits for it instead
    env,
  })
  signal.throwIfAborted()
  if (failed)
    throw new LabError(`apt-get ${arguments_[0]} failed`, {
      exit: 'cannotRun',
      evidence: all.split('\n').slice(-15),
      next: 'correct what apt-get reports, then run `lab setup` again',
    })
}
