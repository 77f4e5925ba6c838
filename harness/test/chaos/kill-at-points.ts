// Kills a command with SIGKILL at points that are spread evenly over all it does to the machine and to the cluster, and looks for what stays.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { stateDir } from '../../places.ts'
import { changedScenario, lab, measured, temporaryFolder } from '../cluster/support.ts'
import { differences, inventory } from './inventory.ts'
import type { Inventory } from './inventory.ts'

const longestCleanUpMs = 240_000

export interface Case {
  readonly name: string
  readonly words: readonly string[]
  /** A cluster of its own, with a state folder of its own. */
  readonly ownCluster?: true
}

export interface Killed {
  readonly at: string
  readonly watchdog: 'spared' | 'killed, too'
  /** From the kill until nothing is left; null: something is. */
  readonly cleanUpS: number | null
  readonly left: readonly string[]
}

const environment = async ({ words, ownCluster }: Case): Promise<Record<string, string>> => ({
  ...(words[0] === 'http2-hot-pod' ? { LAB_SCENARIOS: await changedScenario('http2-hot-pod', {}) } : {}),
  ...(ownCluster ? { LAB_STATE: await temporaryFolder(), LAB_CLUSTER: 'lab-test-chaos' } : {}),
})

const hook = pathToFileURL(join(import.meta.dirname, 'effects.ts')).href

/** Runs the command until its effect of this number, or to its end; resolves with the effects there were. */
const runUntil = async (
  { words }: Case,
  env: Readonly<Record<string, string>>,
  effect: number | null,
  watchdog: Killed['watchdog'],
): Promise<{ effects: string[]; exitCode: number | undefined; all: string }> => {
  const EFFECTS = join(await temporaryFolder(), 'effects')
  await writeFile(EFFECTS, '')
  const { exitCode, all } = await lab(['run', '--quick', '--out', await temporaryFolder(), ...words], {
    ...env,
    NODE_OPTIONS: `--import ${hook}`,
    EFFECTS,
    WATCHDOG: watchdog,
    ...(effect === null ? {} : { EFFECT: `${effect}` }),
  })
  return { effects: (await readFile(EFFECTS, 'utf8')).trim().split('\n'), exitCode, all }
}

/** Waits until all is as before; resolves with what is not. */
export const untilAsBefore = async (before: Inventory, state: string): Promise<string[]> => {
  const until = performance.now() + longestCleanUpMs
  for (;;) {
    const left = differences(before, await inventory(state))
    if (left.length === 0 || performance.now() > until) return left
    await pause(500)
  }
}

/** What is found when it was killed so many times, and how many effects it has in all. */
export const killAtPoints = async (
  each: Case,
  points: number,
): Promise<{ readonly effects: number; readonly killed: readonly Killed[] }> => {
  const env = await environment(each)
  const state = env['LAB_STATE'] ?? stateDir()
  const before = await inventory(state)
  const whole = await runUntil(each, env, null, 'spared')
  expect(measured, whole.all).toContain(whole.exitCode)
  expect(await untilAsBefore(before, state), 'after a run that was not killed').toEqual([])
  const total = whole.effects.length
  const killed: Killed[] = []
  for (let index = 0; index < points; index += 1) {
    const watchdog = index % 2 === 0 ? 'spared' : 'killed, too'
    const { effects } = await runUntil(each, env, 1 + Math.floor((total * (index + 0.5)) / points), watchdog)
    const from = performance.now()
    if (watchdog === 'killed, too') await lab(['clean'], env)
    const left = await untilAsBefore(before, state)
    const cleanUpS = left.length === 0 ? (performance.now() - from) / 1000 : null
    killed.push({ at: effects.at(-1) ?? '', watchdog, cleanUpS, left })
    console.log(
      `${each.name}, ${index + 1} of ${points}, ${watchdog}, ${effects.at(-1)}: ${cleanUpS?.toFixed(1) ?? left.join('; ')}`,
    )
    if (left.length > 0) await lab(['clean'], env) // for the next one
  }
  return { effects: total, killed }
}

/** What stayed, a line each, with where it was killed. */
export const leftBehind = (killed: readonly Killed[]): string[] =>
  killed.flatMap(({ at, watchdog, left }) => left.map((what) => `${at}, watchdog ${watchdog}: ${what}`))
