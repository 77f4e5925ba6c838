// The command that a report prints for repeating a run repeats it, also of a scenario outside the lab.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { printedCommands } from '../fixtures/printed-commands.ts'
import type { Run } from '../../model/run.ts'
import { skipIfHostWasBusy } from './noise.ts'
import { lab, measured, readRun, root, temporaryFolder } from './support.ts'

test('the command in the report of a scenario outside the lab runs the same arms, in the same order', async (context) => {
  const [where, out, again] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  await lab(['new', 'scenario', 'my-own', '--in', where])
  const first = await lab(['run', join(where, 'my-own'), '--quick', '--blocks', '2', '--out', out])
  expect(measured, first.all).toContain(first.exitCode)
  const texts = new Map<string, string>()
  for (const file of ['report.html', 'report.md', 'summary.md', 'junit.xml'])
    texts.set(file, await readFile(join(out, file), 'utf8'))
  const [command = '', ...others] = printedCommands((file) => texts.get(file) ?? '')
  expect(others).toEqual([command, command, command])

  const second = await execa('bash', ['-c', `${command} --out ${again}`], { cwd: root, reject: false, all: true })
  expect(measured, second.all).toContain(second.exitCode)
  const [run, repeated] = [await readRun(out), await readRun(again)]
  skipIfHostWasBusy(run, context)
  skipIfHostWasBusy(repeated, context)
  expect([repeated.seed, repeated.mode]).toEqual([run.seed, run.mode])
  expect(plan(repeated)).toEqual(plan(run))
})

/** Arms and blocks in the order of their first trials: what repeats a trial that did not count comes after them. */
const plan = ({ scenarios }: Run): string[] => {
  const trials = scenarios.flatMap((scenario) => scenario.trials)
  return [...new Set(trials.map(({ arm, block, replica }) => `${block} ${arm} ${replica}`))]
}
