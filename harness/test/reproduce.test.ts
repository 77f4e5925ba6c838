// The command that a report prints under "Reproduce this" is one that `lab run` takes, wherever the scenario is. harness/test/cluster/reproduce.test.ts runs one to its end.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import { contentOf } from '../measure/content.ts'
import type { Run } from '../model/run.ts'
import { reportFiles } from '../report/formats.ts'
import { chooseScenarios, loadScenarios } from '../scenario/load-scenarios.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { newScenario } from '../scenario/new-scenario.ts'
import { root, withoutDocker } from './fixtures/lab-command.ts'
import { printedCommands } from './fixtures/printed-commands.ts'
import { exampleRun } from './fixtures/report/example-run.ts'

/** A quick run of these, of which no trial counted. */
const runOf = async (loaded: readonly LoadedScenario[], changes: Partial<Run> = {}): Promise<Run> => {
  const scenarios = await Promise.all(loaded.map((each) => contentOf(each, Object.keys(each.scenario.arms), 'quick')))
  return { ...(await judgeRun({ ...measuredOf(exampleRun()), scenarios })), ...changes }
}

const printed = (run: Run): string[] => printedCommands((file) => reportFiles(run).find((each) => each.file === file)?.text ?? '')

/** What `lab run` says to it, when it has found the scenarios and would begin: that it takes longer than a second. */
const answerTo = (command: string) =>
  execa('bash', ['-c', `npx() { shift; harness/cli/lab "$@"; }; ${command} --within 1s`], {
    cwd: root,
    reject: false,
    env: withoutDocker,
  })

const wouldBegin = /^\s*lab: This run is expected to take/

test('of a scenario outside the lab, in a folder with spaces and signs that a shell would take for its own', async () => {
  const folder = await newScenario('my-own', join(await mkdtemp(join(tmpdir(), 'lab-own-')), 'with spaces; and $(signs)'))
  const commands = printed(await runOf(await chooseScenarios([folder])))
  expect(commands).toHaveLength(4)
  expect(new Set(commands).size, commands.join('\n')).toBe(1)
  const { stderr } = await answerTo(commands[0] ?? '')
  expect(stderr).toMatch(wouldBegin)
})

test('of a scenario of the catalogue it is the name, which holds on every machine', async () => {
  const [command = ''] = printed(await runOf(await chooseScenarios(['cpu-limit-throttling'])))
  expect(command).toMatch(/^npx lab run cpu-limit-throttling --quick /)
  expect((await answerTo(command)).stderr).toMatch(wouldBegin)
})

test('of a scenario in the folder of the lab it is a path from there, which holds in every clone', async () => {
  const folder = join(root, 'harness/scenario/template')
  const [own] = await chooseScenarios([await newScenario('my-own', await mkdtemp(join(tmpdir(), 'lab-own-')))])
  if (!own) throw new Error('no scenario was made')
  const [command] = printed(await runOf([{ ...own, folder }]))
  expect(command).toMatch(/^npx lab run \.\/harness\/scenario\/template --quick /)
})

test('of scenarios of another folder it names those that were measured, by their paths, where others were skipped', async () => {
  const where = await mkdtemp(join(tmpdir(), 'lab-own-'))
  await newScenario('my-own', where)
  vi.stubEnv('LAB_SCENARIOS', where)
  onTestFinished(() => void vi.unstubAllEnvs())
  const skipped = [{ slug: 'my-other', title: 'another one', reason: 'no small node' }]
  const [command = ''] = printed(await runOf(await loadScenarios(), { skipped }))
  expect(command).toMatch(`npx lab run ${where}/my-own --quick`)
  vi.unstubAllEnvs()
  expect((await answerTo(command)).stderr).toMatch(wouldBegin)
})
