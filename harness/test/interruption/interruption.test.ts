// What everybody does to a command sooner or later: Ctrl-C in its terminal, and a kill. harness/test/cluster/interruption.test.ts has the other ways.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import {
  cleansUp,
  inTerminal,
  kill9,
  lab,
  nodeState,
  root,
  runOfEpisodes,
  said,
  untilBothArePlayed,
  untilNodesAre,
} from '../cluster/support.ts'

test('Ctrl-C in a terminal reaches make, npm and the lab at once: clean-up continues to its end, in the background if it takes long', async () => {
  const before = await nodeState()
  const runs = join(root, 'reports/runs')
  const reports = () => readdir(runs).catch((): string[] => [])
  const ofBefore = await reports()
  onTestFinished(async () => {
    for (const name of await reports()) if (!ofBefore.includes(name)) await rm(join(runs, name), { recursive: true })
  })
  const terminal = inTerminal('make demo')
  await said(terminal, 'measure')
  terminal.stdin.write('\u0003')
  const { all, exitCode } = await terminal
  expect(all).toContain('SIGINT: cleaning up')
  expect(stripVTControlCharacters(all)).toMatch(cleansUp)
  expect(exitCode, all).toBeGreaterThan(0)
  await untilNodesAre(before)
})

test('a run that is killed during episodes: its watchdog restores the nodes without help', async () => {
  const before = await nodeState()
  const running = lab(await runOfEpisodes())
  await untilBothArePlayed()
  expect(await nodeState()).not.toEqual(before)
  await kill9(running, 'spared')
  await untilNodesAre(before)
})
