// Installs the Debian packages whose programs the doctor misses.
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import type { Work } from '../../model/step.ts'
import type { Finding } from '../provider.ts'
import { examine } from './doctor.ts'

/** Debian packages by the name of the finding they mend. Go and a C compiler are the user's choice, so they are not here. */
const packagesFor: Readonly<Record<string, readonly string[]>> = {
  'Docker engine': ['docker.io', 'containerd', 'runc', 'iptables'],
  mmdebstrap: ['mmdebstrap'],
  pip: ['python3-pip'],
  jq: ['jq'],
  iptables: ['iptables'],
}

/** Installs what it can, and returns what is missing afterwards. */
export const setUp = async (work: Work, options: { readonly offline: boolean }): Promise<readonly Finding[]> => {
  const missing = (await examine(options)).filter((finding) => finding.state === 'missing')
  const packages = [...new Set(missing.flatMap(({ name }) => packagesFor[name] ?? []))]
  if (packages.length === 0) return missing
  if (process.getuid?.() !== 0 || !(await hasApt())) return missing
  await work.step(`install ${packages.join(', ')}`, async () => {
    await apt(work, ['update'])
    await apt(work, ['install', '--yes', '--no-install-recommends', ...packages])
  })
  return (await examine(options)).filter((finding) => finding.state === 'missing')
}

const hasApt = async (): Promise<boolean> => !(await execa('apt-get', ['--version'], { reject: false })).failed

const apt = async ({ signal }: Work, arguments_: readonly string[]): Promise<void> => {
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } // run level 1: packages start no service; the lab starts what it needs
  const { failed, all } = await execa('apt-get', ['--quiet', '--quiet', ...arguments_], {
    all: true,
    reject: false,
    cancelSignal: signal,
    env,
  })
  signal.throwIfAborted()
  if (failed) throw new LabError(`apt-get ${arguments_[0]} failed`, { exit: 'cannotRun', evidence: all.split('\n').slice(-15) })
}
