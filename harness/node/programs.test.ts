import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readProcesses, usedBetween } from './processes.ts'
import { watchPrograms } from './programs.ts'

interface Fake {
  readonly parent?: number
  readonly comm?: string
  readonly words?: readonly string[]
  readonly cgroup?: string
  /** Its own CPU time, and that of child processes that ended, in ticks. */
  readonly ticks?: number
  readonly reaped?: number
  readonly startedAt?: number
}

/** A folder as /proc, with these processes by pid. */
const fakeProc = async (): Promise<{ proc: string; have: (processes: Readonly<Record<number, Fake>>) => Promise<void> }> => {
  const proc = await mkdtemp(join(tmpdir(), 'lab-proc-'))
  const have = async (processes: Readonly<Record<number, Fake>>): Promise<void> => {
    await rm(proc, { recursive: true })
    await mkdir(proc)
    for (const [pid, { parent = 1, comm = 'x', words = [comm], cgroup, ticks = 0, reaped = 0, startedAt = 7 }] of Object.entries(
      processes,
    )) {
      const folder = join(proc, pid)
      await mkdir(folder, { recursive: true })
      await writeFile(
        join(folder, 'stat'),
        `${pid} (${comm}) S ${parent} 1 1 0 -1 4194304 9 9 9 9 ${ticks} 0 ${reaped} 0 20 0 1 0 ${startedAt} 3133440 409\n`,
      )
      await writeFile(join(folder, 'cmdline'), words.map((word) => `${word}\0`).join(''))
      await writeFile(join(folder, 'cgroup'), cgroup ?? '0::/user.slice\n')
    }
  }
  return { proc, have }
}

const node = 'b63146f7fd2e48425f83c636a969e2474ebec2a877c0844952740786f4d052b4'
const isOfNode = (text: string): boolean => text.includes(node)
const lab = 500

/** What is found where these processes were first, then those; the host had 1,000 ticks. */
const found = async (before: Readonly<Record<number, Fake>>, after: Readonly<Record<number, Fake>>) => {
  const { proc, have } = await fakeProc()
  await have(before)
  const since = watchPrograms({ proc, isOfNode, lab })
  await have(after)
  return since()(1000)
}

test('programs are named with their pid and their share of the host’s CPU time, largest first; idle ones are not', async () => {
  const before = { 7: { comm: 'idle', ticks: 900 }, 11: { comm: 'make', ticks: 100 }, 4711: { comm: 'chromium', ticks: 5000 } }
  const after = { 7: { comm: 'idle', ticks: 909 }, 11: { comm: 'make', ticks: 120 }, 4711: { comm: 'chromium', ticks: 5430 } }
  expect(await found(before, after)).toEqual([
    { name: 'chromium', pid: 4711, processes: 1, share: 0.43 },
    { name: 'make', pid: 11, processes: 1, share: 0.02 },
  ])
})

test('a process that is new counts whole, also where it has the pid of one that ended', async () => {
  const after = { 11: { comm: 'cc', ticks: 30, startedAt: 8 }, 12: { comm: 'ld', ticks: 20 } }
  expect(await found({ 11: { comm: 'old', ticks: 900 } }, after)).toMatchObject([
    { name: 'cc', share: 0.03 },
    { name: 'ld', share: 0.02 },
  ])
})

test('child processes that ended count for the parent that waited for them, without what they had used before', async () => {
  const go = { comm: 'go', words: ['/usr/local/go/bin/go', 'build', '-ldflags', '-X main.token=secret'] }
  const before = { 4802: { ...go, ticks: 10, reaped: 40 }, 4803: { comm: 'compile', parent: 4802, ticks: 300 } }
  expect(await found(before, { 4802: { ...go, ticks: 20, reaped: 40 + 510 } })).toEqual([
    { name: 'go build', pid: 4802, processes: 1, share: 0.22 },
  ])
})

test('what an ended process had used before the trial is charged to no ancestor that waited for it, nor to init', async () => {
  const before = {
    1: { comm: 'systemd', parent: 0 },
    20: { comm: 'tmux' },
    21: { comm: 'sh', parent: 20 },
    22: { comm: 'orphan', parent: 21, ticks: 800 },
  }
  const after = { 1: { comm: 'systemd', parent: 0, reaped: 820 }, 20: { comm: 'tmux', reaped: 820 } }
  expect(await found(before, after)).toEqual([{ name: 'tmux', pid: 20, processes: 1, share: 0.02 }])
})

test('processes of one name are one program: the pid is that of the largest', async () => {
  const chromium = { words: ['/usr/lib/chromium/chromium', '--type=renderer'], comm: 'chromium' }
  const before = { 4711: chromium, 4712: chromium, 4713: chromium, 4714: chromium }
  const after = {
    4711: { ...chromium, ticks: 8 },
    4712: { ...chromium, ticks: 100 },
    4713: { ...chromium, ticks: 7 },
    4714: chromium,
  }
  expect(await found(before, after)).toEqual([{ name: 'chromium', pid: 4712, processes: 3, share: 0.115 }])
})

test('the cluster is left out: processes of its nodes on either kind of cgroups, and what `docker exec` ran in a node', async () => {
  const after = {
    31: { comm: 'etcd', ticks: 100, cgroup: `9:name=systemd:/docker/${node}/kubelet.slice\n0::/docker/${node}\n` },
    32: { comm: 'kubelet', ticks: 100, cgroup: `0::/system.slice/docker-${node}.scope/kubelet.service\n` },
    33: { comm: 'containerd-shim', words: ['/usr/bin/containerd-shim-runc-v2', '-id', node], reaped: 100 },
    34: { comm: 'postgres', ticks: 100, cgroup: '0::/system.slice/docker-0123.scope\n' },
  }
  expect(await found({ 33: { ...after[33], reaped: 0 } }, after)).toMatchObject([{ name: 'postgres', pid: 34 }])
})

test('the lab is left out, with its child processes', async () => {
  const after = {
    [lab]: { comm: 'node', words: ['node', 'harness/cli/main.ts', 'run'], ticks: 100, reaped: 100 },
    501: { comm: 'docker', words: ['docker', 'exec'], parent: lab, ticks: 100 },
    502: { comm: 'kubectl', parent: 501, ticks: 100 },
    503: { comm: 'node', words: ['node', 'server.js'], ticks: 50 },
  }
  expect(await found({}, after)).toMatchObject([{ name: 'node server.js', pid: 503 }])
})

test('at most five programs are named', async () => {
  const all = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [11 + index, { comm: `p${index}`, ticks: 20 + index }]))
  expect((await found({}, all)).map(({ name }) => name)).toEqual(['p8', 'p7', 'p6', 'p5', 'p4'])
})

test.runIf(process.platform === 'linux')('a process that takes CPU time is found by its pid, on this machine', async () => {
  const proc = '/proc'
  const endless = 'for (const end = Date.now() + 60_000; Date.now() < end; );'
  const child = spawn(process.execPath, ['--eval', endless], { argv0: 'endless' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const before = readProcesses(proc)
  const isAnother = (text: string): boolean => text !== '' && !/^\d+:/.test(text) && !text.startsWith('endless') // of what else is busy here
  const since = watchPrograms({ proc, isOfNode: isAnother, lab: -1 })
  const used = () => usedBetween(before, readProcesses(proc)).find(({ process: { pid } }) => pid === child.pid)?.ticks ?? 0
  await vi.waitFor(() => expect(used()).toBeGreaterThan(20), { timeout: 30_000, interval: 50 })
  expect(since()(used()).find(({ name }) => name === 'endless')).toMatchObject({ pid: child.pid, processes: 1 })
})
