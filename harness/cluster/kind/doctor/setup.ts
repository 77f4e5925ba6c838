// Fixes findings of the doctor: installs missing Debian packages, and raises the limit of inotify instances.
import { writeFile } from 'node:fs/promises'
import { messageOf } from '../../../model/lab-error.ts'
import type { Work } from '../../../model/work.ts'
import type { Finding } from '../../provider.ts'
import { apt, hasApt } from './debian.ts'
import { examine } from './doctor.ts'
import { enoughInotify } from './limits.ts'

/** Debian packages by the name of the finding they fix. Go and a C compiler are the user's choice, so they are not listed. */
const packagesFor: Readonly<Record<string, readonly string[]>> = {
  'Docker engine': ['docker.io', 'containerd', 'runc', 'iptables'],
  mmdebstrap: ['mmdebstrap'],
  pip: ['python3-pip'],
  jq: ['jq'],
  iptables: ['iptables'],
}

/** As root, installs and sets what it can, and returns what is still missing. */
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

/** Lasts until the next boot. If it is not permitted, such as in a container, the lab creates fewer nodes. */
const raiseInotify = (work: Work): Promise<void> =>
  work.step(`raise the limit of inotify instances to ${enoughInotify} per user`, async (say) => {
    await writeFile('/proc/sys/fs/inotify/max_user_instances', String(enoughInotify)).catch((error: unknown) =>
      say(messageOf(error)),
    )
  })
