// Mends what the doctor finds: installs the Debian packages whose programs are missing, and lets nodes watch enough files.
import { writeFile } from 'node:fs/promises'
import { messageOf } from '../../../model/lab-error.ts'
import type { Work } from '../../../model/work.ts'
import type { Finding } from '../../provider.ts'
import { apt, hasApt } from './debian.ts'
import { examine } from './doctor.ts'
import { enoughInotify } from './limits.ts'

/** Debian packages by the name of the finding they mend. Go and a C compiler are the user's choice, so they are not here. */
const packagesFor: Readonly<Record<string, readonly string[]>> = {
  'Docker engine': ['docker.io', 'containerd', 'runc', 'iptables'],
  mmdebstrap: ['mmdebstrap'],
  pip: ['python3-pip'],
  jq: ['jq'],
  iptables: ['iptables'],
}

/** Installs and sets what it can, as root, and returns what is missing afterwards. */
export const setUp = async (work: Work, options: { readonly offline: boolean }): Promise<readonly Finding[]> => {
  const findings = await examine(options)
  const missing = findings.filter((finding) => finding.state === 'missing')
  if (process.getuid?.() !== 0) return missing
  if (findings.some(({ name, state }) => name === 'inotify' && state === 'warning')) await raiseInotify(work)
  const packages = [...new Set(missing.flatMap(({ name }) => packagesFor[name] ?? []))]
  if (packages.length === 0 || !(await hasApt())) return missing
  await work.step(`install ${packages.join(', ')}`, async () => {
    await apt(work, ['update'])
    await apt(work, ['install', '--yes', '--no-install-recommends', ...packages])
  })
  return (await examine(options)).filter((finding) => finding.state === 'missing')
}

/** Until the next boot. Where it is not allowed, such as in a container, fewer nodes are made. */
const raiseInotify = (work: Work): Promise<void> =>
  work.step(`let one user have ${enoughInotify} inotify instances`, async (say) => {
    await writeFile('/proc/sys/fs/inotify/max_user_instances', String(enoughInotify)).catch((error: unknown) =>
      say(messageOf(error)),
    )
  })
