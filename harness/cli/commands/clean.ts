// lab clean: what commands that were cut off left behind, listed or undone. After a kill the watchdog calls it, too.
import { Command, Option } from 'commander'
import { leftBehind } from '../../measure/left-behind.ts'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { lock } from '../at-work.ts'
import { provider, work } from '../session.ts'

interface Flags {
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly after?: number
}

export const command = (): Command =>
  new Command('clean')
    .description(
      'undo what commands that were cut off left behind: nodes that rest or are small, what was deployed, a cluster that was made for a run or ' +
        'not finished, containers and drafts of builds. What was made to stay does: `lab down` removes the cluster, `lab down --engine` stops the engine, too',
    )
    .option('--dry-run', 'only list it')
    .option('--json', 'machine-readable output')
    .addOption(new Option('--after <process>', 'only if nobody was at work since').argParser(Number).hideHelp())
    .action(async ({ dryRun = false, json = false, after }: Flags) => {
      const { before, release } = await lock()
      try {
        if (after !== undefined && before?.pid !== after) return // whoever came next has seen to it
        if (after !== undefined)
          console.log(`${new Date().toISOString()} process ${after} (${before?.command}) has ended without cleaning up`)
        await (dryRun ? list(json) : clean(json))
      } finally {
        release()
      }
    })

const list = async (json: boolean): Promise<void> => {
  const all = await leftBehind(provider, work())
  const found = all.flatMap((each) => each.found)
  console.log(json ? JSON.stringify({ leftBehind: found }, undefined, 2) : tell(found, 'nothing is left behind'))
}

/** Looks again after each round: what is undone can bring more to light, such as a node that rested and is small. */
const clean = async (json: boolean): Promise<void> => {
  const { step, signal } = work()
  const undone: string[] = []
  const errors: string[] = []
  let left = await leftBehind(provider, { step, signal })
  for (let round = 0; left.length > 0 && round < rounds; round += 1) {
    errors.length = 0
    for (const { title, undo } of left)
      await step(title, undo).catch((error: unknown) => {
        signal.throwIfAborted()
        errors.push(`could not ${title}: ${messageOf(error)}`)
      })
    const before = left.flatMap(({ found }) => found)
    left = await leftBehind(provider, { step, signal })
    const still = new Set(left.flatMap(({ found }) => found))
    undone.push(...before.filter((each) => !still.has(each)))
  }
  const found = left.flatMap((each) => each.found)
  console.log(
    json ? JSON.stringify({ undone, leftBehind: found }, undefined, 2) : tell(undone, 'nothing was left behind', 'undone: '),
  )
  if (found.length === 0) return
  throw new LabError('Clean-up left something behind', {
    evidence: [...found, ...errors],
    next: '`lab down` removes the cluster with everything in it',
    exit: 'leftBehind',
  })
}

const rounds = 3

const tell = (found: readonly string[], nothing: string, heading = ''): string =>
  found.length === 0 ? nothing : found.map((each) => `${heading}${each}`).join('\n')
