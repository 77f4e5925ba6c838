import { expect, onTestFinished, test, vi } from 'vitest'
import type { NodeShell } from '../model/node-shell.ts'
import { TrialLimits } from '../model/trial.ts'
import { hostFaults, watchHost } from './host-use.ts'

const limits = TrialLimits.parse({ sendLagP99Ms: 10, achievedRateRatio: 0.99 })
const quiet = { idle: 0.8, steal: 0.01, others: 0.05, throttledPeriods: 0 }

/** A node whose files hold one text after the other. */
const shellWith = (...texts: string[]): NodeShell => ({ run: async () => texts.shift() ?? '', close: () => {} })

test('a quiet host has no fault', () => {
  expect(hostFaults(quiet, limits)).toEqual([])
})

test('stolen time, busy neighbours and a quota around the node are each named with their amount and limit', () => {
  expect(hostFaults({ idle: 0, steal: 0.2, others: 0.7, throttledPeriods: 3 }, limits)).toEqual([
    expect.stringMatching(/^the hypervisor .*20\.0 %.*limit 10\.0 %/),
    expect.stringMatching(/outside the cluster .*70\.0 %.*limit 20\.0 %/),
    expect.stringMatching(/quota .*3 periods/),
  ])
})

test('a clock of the nodes that stands apart is named: times of pods would be off by as much', async () => {
  vi.useFakeTimers({ toFake: ['Date'] }) // both clocks are frozen, however busy this machine is
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const at = (ms: number): string => `now ${((Date.now() + ms) / 1000).toFixed(6)}\ncpu 0 0 0 0 0 0 0 0`
  const behind = await (await watchHost([shellWith(at(0), at(-3_000))]))()
  expect(hostFaults({ ...quiet, clockOffsetMs: behind.clockOffsetMs ?? 0 }, limits)).toEqual([
    expect.stringMatching(/clock of the nodes .*3000 ms behind .*limit 100 ms/),
  ])
  const same = await (await watchHost([shellWith(at(0), at(0))]))()
  expect(hostFaults({ ...quiet, clockOffsetMs: same.clockOffsetMs ?? NaN }, limits)).toEqual([])
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
