import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { NodeShell } from '../model/node-shell.ts'
import { watchHost } from './host-use.ts'

/** A node whose files hold one text after the other. */
const shellWith = (...texts: string[]): NodeShell => ({ run: async () => texts.shift() ?? '', close: () => {} })

test('how far the clocks of nodes and lab are apart is measured', async () => {
  vi.useFakeTimers({ toFake: ['Date'] }) // both clocks are frozen, however busy this machine is
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const at = (ms: number): string => `now ${((Date.now() + ms) / 1000).toFixed(6)}\ncpu 0 0 0 0 0 0 0 0`
  const behind = await (await watchHost([shellWith(at(0), at(-3_000))]))()
  expect(behind.clockOffsetMs).toBeCloseTo(-3000)
  const same = await (await watchHost([shellWith(at(0), at(0))]))()
  expect(same.clockOffsetMs).toBeCloseTo(0)
})

test('CPU time of the nodes does not count as used by others', async () => {
  // user nice system idle iowait irq softirq steal, in hundredths of a second of both CPUs together
  const first = shellWith('cpu 0 0 0 0 0 0 0 0\n0\nnr_throttled 0', 'cpu 400 0 100 450 0 0 0 50\n3000000000\nnr_throttled 0')
  const second = shellWith('cpu 1 1 1 1 1 1 1 1\n0\nnr_throttled 5', 'cpu 9 9 9 9 9 9 9 9\n1000000000\nnr_throttled 7')
  const use = await (await watchHost([first, second]))()
  expect(use).toMatchObject({ idle: 0.45, steal: 0.05, others: 0.1 }) // busy 5 s of 10 s, the two nodes 4 s
  expect(use.throttledPeriods).toBeGreaterThanOrEqual(2)
})

test('cgroup v2 reports the use of a node in its cpu.stat', async () => {
  const shell = shellWith(
    'cpu 0 0 0 0 0 0 0 0\nusage_usec 0\nnr_throttled 0',
    'cpu 100 0 0 100 0 0 0 0\nusage_usec 1000000\nnr_throttled 0',
  )
  expect((await (await watchHost([shell]))()).others).toBe(0)
})

/** The processes of this machine, or of another, as nodes see the kernel they run on. */
const bootedAs = (id: string) => shellWith(`cpu 0 0 0 0 0 0 0 0\nboot ${id}`, `cpu 100 0 0 0 0 0 0 0\nboot ${id}`)

test('programs are named where the nodes run on the kernel of the lab, and only there', async () => {
  const proc = await mkdtemp(join(tmpdir(), 'lab-proc-'))
  const surroundings = { proc, isOfNode: () => false, lab: -1 }
  const programsOn = async (shell: NodeShell) => (await (await watchHost([shell], surroundings))()).programs
  expect(await programsOn(bootedAs('378d1f0f')), 'a machine without /proc').toBeUndefined()
  await mkdir(join(proc, 'sys/kernel/random'), { recursive: true })
  await writeFile(join(proc, 'sys/kernel/random/boot_id'), '378d1f0f\n')
  expect(await programsOn(bootedAs('378d1f0f'))).toEqual([])
  expect(await programsOn(bootedAs('b1c2d3e4')), 'a virtual machine').toBeUndefined()
  expect(await programsOn(shellWith('cpu 0 0 0 0 0 0 0 0', 'cpu 100 0 0 0 0 0 0 0')), 'not known').toBeUndefined()
  expect((await (await watchHost([bootedAs('378d1f0f')]))()).programs, 'not asked for').toBeUndefined()
})

test('the share of a program is that of all the host’s CPU time between the two reads', async () => {
  const proc = await mkdtemp(join(tmpdir(), 'lab-proc-'))
  await mkdir(join(proc, 'sys/kernel/random'), { recursive: true })
  await writeFile(join(proc, 'sys/kernel/random/boot_id'), '378d1f0f\n')
  const shell = bootedAs('378d1f0f')
  const use = await watchHost([shell], { proc, isOfNode: () => false, lab: -1 })
  await mkdir(join(proc, '4711'))
  await writeFile(join(proc, '4711/stat'), '4711 (cc1 (x)) R 1 1 1 0 -1 0 0 0 0 0 40 3 0 0 20 0 1 0 900 0 0\n')
  await writeFile(join(proc, '4711/cmdline'), '/usr/lib/cc1\0-quiet\0')
  await writeFile(join(proc, '4711/cgroup'), '0::/\n')
  expect((await use()).programs).toEqual([{ name: 'cc1', pid: 4711, processes: 1, share: 0.43 }])
})

test.runIf(process.platform === 'linux')('bash on a node says which kernel it runs on: here that of the lab', async () => {
  const here: NodeShell = {
    run: async (script) => (await execa('bash', ['-c', script], { reject: false })).stdout,
    close: () => {},
  }
  const use = await (await watchHost([here], { proc: '/proc', isOfNode: () => true, lab: process.pid }))()
  expect(use.programs).toEqual([])
})
