// lab doctor: what this machine has of what the lab needs.
import { Command } from 'commander'
import { LabError } from '../../model/lab-error.ts'
import { provider } from '../session.ts'

const marks = { ok: '✔', warning: '!', missing: '✖' }

export const command = (): Command =>
  new Command('doctor')
    .description('show what this machine has of what the lab needs; exit 3 when something is missing')
    .option('--offline', 'as if no image registry could be reached')
    .option('--json', 'machine-readable output')
    .action(async ({ offline = false, json }: { offline?: boolean; json?: true }) => {
      const findings = await provider.examine({ offline })
      if (json) console.log(JSON.stringify(findings, undefined, 2))
      else {
        for (const { name, state, found, why, next } of findings) {
          console.log(`${marks[state]} ${name.padEnd(14)} ${found}`)
          if (state !== 'ok') console.log(`${' '.repeat(17)}why it matters: ${why}\n${' '.repeat(17)}what to do: ${next}`)
        }
      }
      const missing = findings.filter((finding) => finding.state === 'missing').map((finding) => finding.name)
      if (missing.length > 0) throw new LabError(`Missing: ${missing.join(', ')}`, { exit: 'cannotRun' })
    })
