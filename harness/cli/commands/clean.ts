// lab clean: lists or removes what interrupted commands left behind. The watchdog also calls it, after a kill.
import { Command, Option } from 'commander'
import { cleanUp, leftBehind, namesOf } from '../../measure/left-behind.ts'
import { LabError } from '../../model/lab-error.ts'
import { withLock } from '../at-work.ts'
import { provider, work } from '../session.ts'

interface Flags {
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly after?: number
}

export const command = (): Command =>
  new Command('clean')
    .description(
      'remove what interrupted commands left behind: paused or modified nodes, deployed objects, a cluster that was created for a run or is ' +
        'unfinished, containers and drafts of builds. It keeps what was created to be kept: `lab down` removes that cluster, `lab down --engine` also stops the engine',
    )
    .option('--dry-run', 'only list it')
    .option('--json', 'machine-readable output')
    .addOption(
      new Option('--after <process>', 'only if this process was killed and no other command ran since')
        .argParser(Number)
        .hideHelp(),
    )
    .action(({ dryRun = false, json = false, after }: Flags) =>
      withLock(async (cutOff) => {
        if (after !== undefined && cutOff?.pid !== after) return // the next process has cleaned up
        if (cutOff) console.error(`${new Date().toISOString()} after process ${cutOff.pid} (${cutOff.command}), which was killed`)
        await (dryRun ? list(json) : clean(json))
      }),
    )

const list = async (json: boolean): Promise<void> => {
  const found = namesOf(await leftBehind(provider, work()))
  console.log(json ? JSON.stringify({ leftBehind: found }, undefined, 2) : tell(found, 'nothing is left behind'))
}

const clean = async (json: boolean): Promise<void> => {
  const { undone, left, errors } = await cleanUp(provider, work())
  const words = tell(undone, left.length > 0 ? 'nothing was undone' : 'nothing was left behind', 'undone: ')
  console.log(json ? JSON.stringify({ undone, leftBehind: left }, undefined, 2) : words)
  if (left.length > 0)
    throw new LabError('Clean-up left something behind', {
      evidence: [...left, ...errors],
      next: '`lab down` removes the cluster with everything in it',
      exit: 'leftBehind',
    })
}

const tell = (found: readonly string[], nothing: string, heading = ''): string =>
  found.length === 0 ? nothing : found.map((each) => `${heading}${each}`).join('\n')
