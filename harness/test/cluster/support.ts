// What cluster tests need: the command line as a process, the shared cluster's API, a scenario of one's own.
import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { execa } from 'execa'
import { expect, inject, onTestFinished } from 'vitest'
import * as z from 'zod'
import { kubeconfigPath, labProgram, stateDir } from '../../places.ts'
import { connect } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { listObjects } from '../../kube/watch.ts'
import { Run } from '../../model/run.ts'
import type { ArmRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { LiveEvent } from '../../events/event.ts'
import { oneFixEach } from '../fixtures/one-fix-each.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the run of all. */
    readonly runOfAll: string
    /** Its arms beside control and incident; null: all. */
    readonly armsOfAll: readonly string[] | null
  }
}

export const root = resolve(import.meta.dirname, '../../..')
export const never = new AbortController().signal

/** With the owner that its record names, so that tests make and remove what the lab would. */
export const sharedKube = (): Kube => {
  const { token } = z
    .object({ token: z.string() })
    .parse(JSON.parse(readFileSync(join(stateDir(), 'incident-lab.made.json'), 'utf8')))
  return connect(kubeconfigPath(), 'kind-incident-lab', token)
}

/** Starts `lab`; a non-zero exit is a result, not an error. A signal is given the time its clean-up takes. It ends with its test. */
export const lab = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  untilTestEnds(execa(labProgram, words, { ...asResult, env }))

/** `npx lab` as from a terminal: a process group of its own, which Ctrl-C reaches as a whole. */
export const typed = (words: readonly string[]) => untilTestEnds(execa('npx', ['lab', ...words], { ...asResult, detached: true }))

/** A command in a terminal of its own: what is written to its standard input are keys. */
export const inTerminal = (command: string) =>
  untilTestEnds(
    execa('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], { ...asResult, stdin: 'pipe' }),
  )

/** As the terminal does it: every process of the group gets the signal. */
export const ctrlC = ({ pid }: ReturnType<typeof typed>): void => void process.kill(-(pid ?? NaN), 'SIGINT')

/** An interrupted run cleans up itself, or says that its watchdog does. */
export const cleansUp = /✔ remove deployed objects|clean-up continues in the background/

/** Resolves when the nodes and the cluster are as they were: a watchdog may still be cleaning up. */
export const untilNodesAre = async (before: Awaited<ReturnType<typeof nodeState>>): Promise<void> => {
  await expect.poll(nodeState, { timeout: 300_000, interval: 1_000 }).toEqual(before)
}

/** As a shell says it: npm ends by the signal that it got, once what it ran has ended. */
export const statusOf = ({ exitCode, signal }: { readonly exitCode?: number; readonly signal?: string }): number | undefined =>
  signal === 'SIGINT' ? 130 : exitCode

/** Ends it like `kill -9`. Its watchdog cleans up, or ends with it. */
export const kill9 = async (running: ReturnType<typeof lab>, watchdog: 'spared' | 'killed, too'): Promise<void> => {
  if (watchdog === 'killed, too') await execa('pkill', ['-KILL', '-f', `lab ${running.pid} `])
  running.kill('SIGKILL')
  await running
}

const asResult = { cwd: root, reject: false, all: true, forceKillAfterDelay: false } as const

const untilTestEnds = <Command extends PromiseLike<unknown> & { readonly kill: () => unknown }>(command: Command): Command => {
  onTestFinished(async () => {
    command.kill() // of a test that took too long: else every later one finds the lock held
    await command
  })
  return command
}

/** Resolves when the command has said this, with the first group of the pattern; it keeps printing. */
export const said = (command: { readonly all: Readable }, text: string | RegExp): Promise<string> =>
  new Promise((heard, reject) => {
    let all = ''
    command.all.on('data', (chunk) => {
      all += String(chunk)
      const found = typeof text === 'string' ? all.includes(text) && [text] : text.exec(all)
      if (found) heard(found.at(-1) ?? '')
    })
    command.all.on('end', () => reject(new Error(`it ended without saying "${text}": ${all}`)))
  })

/** Namespaces of the lab that the shared cluster has. */
export const labNamespaces = async (): Promise<number> =>
  (await listObjects(sharedKube(), { apiVersion: 'v1', kind: 'Namespace' })).filter((each) =>
    each.metadata?.name?.startsWith('lab-'),
  ).length

/** Two episodes on nodes of little memory. */
export const runOfEpisodes = async (): Promise<string[]> => {
  const out = await temporaryFolder()
  return ['run', 'missing-priority-class', '--quick', '--arm', 'control', '--out', out]
}

/** Resolves when both episodes have their namespaces, and so nodes that were changed. */
export const untilBothArePlayed = (): Promise<void> =>
  waitUntilSome(async () => ((await labNamespaces()) === 2 ? 'both are there' : ''))

export const waitUntilSome = async (look: () => Promise<string>): Promise<void> => {
  await expect.poll(look, { timeout: 300_000, interval: 200 }).not.toBe('')
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'lab-test-'))

export const readRun = async (folder: string): Promise<Run> =>
  Run.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')))

export const armOf = (run: Run, name: string): ArmRun => {
  const arm = run.scenarios[0]?.arms.find((each) => each.name === name)
  if (!arm) throw new Error(`the run has no arm ${name}`)
  return arm
}

/** Each arm has this verdict; where one differs, the reason it gave is shown. */
export const expectVerdicts = (run: Run, verdicts: Readonly<Record<string, Verdict>>): void => {
  for (const [name, expected] of Object.entries(verdicts)) {
    const { verdict, reason } = armOf(run, name)
    expect(verdict, `${name}: ${reason}`).toBe(expected)
  }
}

/** Exit codes of a run that measured everything, where it is not asked whether the host was quiet enough for a verdict. */
export const measured = [0, 4]

export const value = (run: Run, arm: string, metric: string): number => armOf(run, arm).metrics[metric]?.value ?? NaN

interface RunOfAll {
  readonly exitCode: number | undefined
  readonly said: string
  /** Of run.json and the reports. */
  readonly out: string
  readonly nodesBefore: unknown
  readonly nodesAfter: unknown
  /** Events that a live page received meanwhile. */
  readonly live: readonly LiveEvent[]
}

/** The least that a verdict takes. A third block would only decide where two do not agree, and the tests are then left out. */
const fewest = ['--blocks', '2', '--episodes', '1']

/** A quick run on the shared cluster, of the fixes of `oneFixEach` or of the article with every arm: once for all test files that look at it, by the one that comes first. */
export const runOfAll = async (): Promise<RunOfAll> => {
  const folder = inject('runOfAll')
  const kept = join(folder, 'run-of-all.json')
  const before = await readFile(kept, 'utf8').catch(() => null)
  if (before !== null) return JSON.parse(before) as RunOfAll
  const nodesBefore = await nodeState()
  const arms = inject('armsOfAll')
  const chosen = arms ? [...Object.keys(oneFixEach), '--arm', arms.join(','), ...fewest] : ['--suite', 'article']
  const running = execa(labProgram, ['run', ...chosen, '--quick', '--live', '--out', folder], {
    cwd: root,
    reject: false,
    all: true,
  })
  const [live, { exitCode, all }] = await Promise.all([said(running, /live: (http:\S+)\n/).then(liveEvents), running])
  const found = { exitCode, said: all, out: folder, nodesBefore, nodesAfter: await nodeState(), live }
  await writeFile(kept, JSON.stringify(found))
  return found
}

/** Events that a live page receives from start to end, like a browser. */
export const liveEvents = async (address: string): Promise<LiveEvent[]> => {
  const events: LiveEvent[] = []
  const response = await fetch(`${address}events`)
  try {
    for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) }))
      if (line.startsWith('data: ')) events.push(LiveEvent.parse(JSON.parse(line.slice('data: '.length))))
  } catch {} // it was cut off
  return events
}

/** What the run of all says of one scenario, as if it had been run alone. */
export const quickRunOf = async (slug: string): Promise<Run> => {
  const { out, said: output } = await runOfAll()
  const run = await readRun(out).catch((error: unknown) => {
    throw new Error(`the run of all left no run.json:\n${output}`, { cause: error })
  })
  const scenarios = run.scenarios.filter((each) => each.slug === slug)
  if (scenarios.length === 0) throw new Error(`the run of all has no ${slug}:\n${output}`)
  return { ...run, scenarios }
}

/**
 * A folder of scenarios with this one alone, changed: texts of its files replaced, and the shortest trials of steady load, which are too few
 * connections for a verdict that depends on chance. `LAB_SCENARIOS` points the command line at it.
 */
export const changedScenario = async (
  slug: string,
  changes: Readonly<Record<string, readonly (readonly [string, string])[]>>,
  trials: 'shortest' | 'own' = 'shortest',
): Promise<string> => {
  const folder = await temporaryFolder()
  const copy = join(folder, slug)
  await cp(join(root, 'scenarios', slug), copy, { recursive: true })
  const harness: readonly [string, string] = ["'../../harness/index.ts'", `'${join(root, 'harness/index.ts')}'`]
  for (const [file, replacements] of Object.entries({
    ...changes,
    'scenario.ts': [harness, ...(changes['scenario.ts'] ?? [])],
  })) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    let text = await readFile(join(copy, file), 'utf8').catch(() => '')
    if (file === 'scenario.ts' && trials === 'shortest' && text.includes("kind: 'steady'"))
      text = text.replace(/quick: \{.*\}/, "quick: { blocks: 2, warmup: '500ms', window: '2s' }")
    for (const [from, to] of replacements) {
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`)
      text = text.replaceAll(from, to)
    }
    await writeFile(join(copy, file), text)
  }
  return folder
}

/** What a scenario of episodes could leave behind: on the nodes, in the API server, on the host. */
export const nodeState = async () => {
  const kube = sharedKube()
  const { items } = await kube.core.listNode()
  const look =
    'ls -d /run/incident-lab /var/incident-lab /etc/cni/net.d/00-incident-lab.conflist /opt/cni/bin/object-owned /run/systemd/system/kubelet.service.d/incident-lab.conf 2>/dev/null; grep -c incident-lab/ /proc/mounts; mountpoint -q /proc/meminfo && echo meminfo; systemctl is-active incident-lab-addresses; ls /run/cni-ipam-state/*/ | grep -c "^[0-9]"'
  return {
    nodes: await Promise.all(
      items.map(async ({ metadata, spec, status }) => ({
        name: metadata?.name,
        labels: metadata?.labels,
        taints: spec?.taints,
        capacity: status?.capacity,
        allocatable: status?.allocatable,
        conditions: status?.conditions?.map(({ type, status: is }) => `${type} ${is}`),
        left: (await execa('docker', ['exec', metadata?.name ?? '', 'sh', '-c', look], { reject: false })).stdout,
      })),
    ),
    loopDevices: (await execa('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], { reject: false })).stdout,
    priorityClasses: (await listObjects(kube, { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' })).map(
      (each) => each.metadata?.name,
    ),
    volumes: (await listObjects(kube, { apiVersion: 'v1', kind: 'PersistentVolume' })).map((each) => each.metadata?.name),
    definitions: (await listObjects(kube, { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' })).map(
      (each) => each.metadata?.name,
    ),
    namespaces: (await listObjects(kube, { apiVersion: 'v1', kind: 'Namespace' })).map((each) => each.metadata?.name),
  }
}
