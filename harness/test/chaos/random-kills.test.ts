// Commands are killed with SIGKILL at moments that chance picks, uniformly over the time they take; so are the clean-ups that follow. Nothing may stay.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { stateDir } from '../../places.ts'
import { seeded } from '../../stats/seeded.ts'
import { lab, root, said, temporaryFolder } from '../cluster/support.ts'
import { inventory } from './inventory.ts'
import { untilAsBefore } from './kill-at-points.ts'

interface Case {
  readonly name: string
  readonly words: (out: string) => readonly string[]
  /** A cluster of its own, with a state folder of its own. */
  readonly ownCluster?: true
  /** What the command says when it has come so far that it waits; else it ends by itself. */
  readonly until?: string
}

const run = (words: readonly string[]) => (out: string) => ['run', ...words, '--quick', '--out', out]

const cases: readonly Case[] = [
  { name: 'up', words: () => ['up', '--workers', '1'], ownCluster: true },
  {
    name: 'a run with a cluster of its own',
    words: run(['http2-hot-pod', '--arm', 'control', '--workers', '1']),
    ownCluster: true,
  },
  { name: 'nodes of little memory', words: run(['missing-priority-class', '--arm', 'control']) },
  { name: 'pods that finalizers hold', words: run(['orphaned-finalizers', '--arm', 'control']) },
  {
    name: 'a workshop',
    words: (out) => ['workshop', 'start', 'missing-priority-class', '--no-shell', '--out', out], // under steady load a busy machine would end it first
    until: 'export KUBECONFIG=',
  },
]

/** What is killed after the command: nothing; its watchdog with it; that, and the `lab clean` after it; the clean-up of its watchdog. */
const sequences = [
  'the watchdog cleans up',
  'lab clean',
  'lab clean, killed, and lab clean',
  'its clean-up killed, and lab clean',
] as const

const kills = Number(process.env['CHAOS_KILLS'] ?? 100)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 2 ** 31)
const { share } = seeded(seed)

interface Kill {
  readonly name: string
  readonly sequence: string
  readonly atS: number
  readonly cleanUpS: number | null
  readonly left: readonly string[]
}

const rows: Kill[] = []

test.each(cases)('$name: killed whenever chance will, and its clean-up, too: nothing of it stays', async (each) => {
  const env: Record<string, string> = each.ownCluster
    ? { LAB_STATE: await temporaryFolder(), LAB_CLUSTER: 'lab-test-random' }
    : {}
  const state = env['LAB_STATE'] ?? stateDir()
  const out = await temporaryFolder()
  const start = () => lab(each.words(join(out, `${rows.length}`)), env)
  const before = await inventory(state)
  const longestMs = await timeOf(each, start)
  if (each.ownCluster) await lab(['down'], env)
  expect(await untilAsBefore(before, state), 'after one that was not killed').toEqual([])
  for (let index = 0; rows.filter(({ name }) => name === each.name).length < kills / cases.length; index += 1) {
    const sequence = sequences[index % sequences.length] ?? sequences[0]
    const atMs = share() * longestMs
    const running = start()
    const isOver = await Promise.race([pause(atMs, false), running.then(() => true)])
    if (isOver) {
      if (each.ownCluster) await lab(['down'], env) // it was quicker than the first one: nothing was killed
      continue
    }
    if (sequence.startsWith('lab clean')) await execa('pkill', ['-KILL', '-f', `lab ${running.pid} `], { reject: false }) // it may not have one yet
    running.kill('SIGKILL')
    await running
    const from = performance.now()
    await cleanUps[sequence](env, `${running.pid}`)
    const left = await untilAsBefore(before, state)
    const kill = {
      name: each.name,
      sequence,
      atS: atMs / 1000,
      cleanUpS: left.length > 0 ? null : (performance.now() - from) / 1000,
      left,
    }
    rows.push(kill)
    console.log(`seed ${seed}: ${JSON.stringify(kill)}`)
    if (left.length > 0) await lab(['clean'], env) // for the next one
  }
  await report()
  expect(rows.filter(({ name, left }) => name === each.name && left.length > 0)).toEqual([])
})

/** How long the command takes, in ms, until it ends or waits; then it is ended in order. */
const timeOf = async ({ until }: Case, start: () => ReturnType<typeof lab>): Promise<number> => {
  const from = performance.now()
  const running = start()
  if (until) await said(running, until)
  else await running
  const tookMs = performance.now() - from
  running.kill('SIGINT')
  await running
  return tookMs
}

/** How the machine gets clean after the command was killed. */
const cleanUps: Readonly<
  Record<(typeof sequences)[number], (env: Readonly<Record<string, string>>, pid: string) => Promise<void>>
> = {
  'the watchdog cleans up': async () => {},
  'lab clean': async (env) => void (await lab(['clean'], env)),
  'lab clean, killed, and lab clean': async (env) => {
    const cleaning = lab(['clean'], env)
    await pause(share() * 5_000)
    cleaning.kill('SIGKILL')
    await cleaning
    await lab(['clean'], env)
  },
  'its clean-up killed, and lab clean': async (env, pid) => {
    await pause(share() * 5_000)
    await execa('pkill', ['-KILL', '-f', `clean --after ${pid}`], { reject: false }) // it may be over
    await lab(['clean'], env)
  },
}

const report = async (): Promise<void> => {
  const lines = sequences.map((sequence) => {
    const own = rows.filter((row) => row.sequence === sequence)
    const times = own.flatMap(({ cleanUpS }) => cleanUpS ?? []).toSorted((a, b) => a - b)
    const [median, worst] = [times[Math.floor(times.length / 2)], times.at(-1)]
    return `| ${[sequence, own.length, own.length - times.length, `${median?.toFixed(1)} s`, `${worst?.toFixed(1)} s`].join(' | ')} |`
  })
  const head = [`| then (seed ${seed}) | kills | left something | clean, median | worst |`, '|---|---|---|---|---|']
  await mkdir(join(root, 'reports/runs'), { recursive: true })
  await writeFile(join(root, 'reports/runs/chaos-random.md'), `${[...head, ...lines].join('\n')}\n`)
}
