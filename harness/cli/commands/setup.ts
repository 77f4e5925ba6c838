// lab setup: as root, installs Debian packages and raises inotify limits. No other command changes the machine.
import { Command } from 'commander'
import { LabError } from '../../model/lab-error.ts'
import { provider, work } from '../session.ts'

export const command = (): Command =>
  new Command('setup')
    .description('install what is missing, as root: Debian packages, inotify instances; changes nothing if nothing is missing')
    .option('--offline', 'also install what the lab needs to build images without a registry')
    .action(async ({ offline = false }: { offline?: boolean }) => {
      const missing = await provider.setUp(work(), { offline })
      if (missing.length === 0) return
      throw new LabError('Something is missing that the lab cannot install', {
        exit: 'cannotRun',
        evidence: missing.map(({ name, found, next }) => `${name}: ${found}; ${next}`),
        next: 'do what each line says, then run `lab doctor`',
      })
    })
