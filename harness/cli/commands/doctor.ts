// lab doctor: checks whether this machine has what the lab needs.
import { Command } from 'commander'
import type { Finding } from '../../cluster/provider.ts'
import { LabError } from '../../model/lab-error.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { selectArms } from '../../scenario/select-arms.ts'
import { expectation } from '../expectation.ts'
import { minutes } from '../../report/write/date.ts'
import { provider } from '../session.ts'

const marks = { ok: '✔', warning: '!', missing: '✖' }

export const command = (): Command =>
  new Command('doctor')
    .description('check what the lab needs on this machine; exit 3 if something is missing')
    .option('--offline', 'assume that no image registry can be reached')
    .option('--json', 'machine-readable output')
    .action(async ({ offline = false, json }: { offline?: boolean; json?: true }) => {
      const findings = [...(await provider.examine({ offline })), await whatToExpect(offline)]
      if (json) console.log(JSON.stringify(findings, undefined, 2))
      else {
        for (const { name, state, found, why, next } of findings) {
          console.log(`${marks[state]} ${name.padEnd(14)} ${found}`)
          if (state !== 'ok') console.log(`${' '.repeat(17)}why it matters: ${why}\n${' '.repeat(17)}what to do: ${next}`)
        }
      }
      const missing = findings.filter((finding) => finding.state === 'missing').map((finding) => finding.name)
      if (missing.length > 0)
        throw new LabError(`Missing: ${missing.join(', ')}`, {
          exit: 'cannotRun',
          next: 'fix each line above; on Debian `lab setup` does it as root',
        })
    })

/** Time and memory that a run of all scenarios takes on this machine. */
const whatToExpect = async (offline: boolean): Promise<Finding> => {
  const scenarios = (await loadScenarios()).map((loaded) => ({ loaded, arms: selectArms(loaded.scenario, undefined, 'quick') }))
  const expected = await expectation(scenarios, { mode: 'quick', blocks: undefined }, { offline })
  const { seconds, buildSeconds, floorSeconds, workers } = expected
  const building = buildSeconds > 0 ? `, ${minutes(buildSeconds)} of them to build what is not in the cache` : ''
  const { because, memoryGib, workers: most } = (await provider.workerCapacity()).recommended
  return {
    name: 'run of all',
    state: 'ok',
    found: `\`lab run --all --quick\` takes about ${minutes(seconds)} min (${minutes(floorSeconds)} of them windows and timers${building}) on ${workers} workers; room for ${most} (${because}), which take up to ${memoryGib.toFixed(1)} GiB of memory`,
  }
}
