// lab setup: mends what the machine lacks, where the lab can, as root: Debian packages, inotify instances. Nothing else changes a machine.
import { Command } from 'commander'
import { LabError } from '../../model/lab-error.ts'
import { provider, work } from '../session.ts'

export const command = (): Command =>
  new Command('setup')
    .description('install what is missing, as root: Debian packages, inotify instances; changes nothing if nothing is missing')
    .option('--offline', 'also install what building without an image registry needs')
    .action(async ({ offline = false }: { offline?: boolean }) => {
      const missing = await provider.setUp(work(), { offline })
      if (missing.length === 0) return
      throw new LabError('Something is missing that the lab cannot install', {
        exit: 'cannotRun',
        evidence: missing.map(({ name, found, next }) => `${name}: ${found}; ${next}`),
      })
    })
