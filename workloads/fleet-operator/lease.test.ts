// Decides that nobody takes a Lease that another one may still rely on, and that a holder stops in time.
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { Leader } from './leader.ts'
import type { LeaseAccess, Listener } from './leader.ts'
import { leaseDurationS, leaseStep } from './lease.ts'

const of = (holder: string) => ({ holder, renewedMs: 10_000, durationMs: 6000 })

describe('the next step', () => {
  test.each([
    { lease: undefined, isHolder: false, nowMs: 10_000, step: 'hold', because: 'there is none' },
    { lease: of(''), isHolder: false, nowMs: 10_001, step: 'hold', because: 'it was released' },
    { lease: of('other'), isHolder: false, nowMs: 15_999, step: 'wait', because: 'it has not expired' },
    { lease: of('other'), isHolder: false, nowMs: 16_000, step: 'hold', because: 'it has expired' },
    { lease: of('me'), isHolder: true, nowMs: 12_000, step: 'hold', because: 'it is to be renewed' },
    { lease: of('other'), isHolder: true, nowMs: 30_000, step: 'lost', because: 'another one took it, expired since or not' },
    { lease: of(''), isHolder: true, nowMs: 12_000, step: 'lost', because: 'another one had it' },
  ])('is $step when $because', ({ lease, isHolder, nowMs, step }) => {
    expect(leaseStep(lease, 'me', isHolder, nowMs)).toBe(step)
  })
})

const listener = () => ({
  onHeld: vi.fn<Listener['onHeld']>(),
  onLost: vi.fn<Listener['onLost']>(),
  onTrouble: vi.fn<Listener['onTrouble']>(),
})

test('a holder that cannot renew stops after 5 s, a second before the Lease expires', async ({ onTestFinished }) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const callbacks = listener()
  const leader = new Leader({ durationS: leaseDurationS, read: async () => ({ write: async () => true }) }, 'me', callbacks)
  const stopped = new AbortController()
  onTestFinished(() => stopped.abort())
  void leader.run(stopped.signal)
  await setImmediate()
  expect(leader.isHolder).toBe(true)
  vi.advanceTimersByTime(4999)
  expect(callbacks.onLost).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(callbacks.onLost).toHaveBeenCalledWith('it could not be renewed for 5 s')
  expect(leader.isHolder).toBe(false)
})

test('who loses the race for it does not hold it', async ({ onTestFinished }) => {
  const callbacks = listener()
  const leader = new Leader({ durationS: leaseDurationS, read: async () => ({ write: async () => false }) }, 'me', callbacks)
  const stopped = new AbortController()
  onTestFinished(() => stopped.abort())
  void leader.run(stopped.signal)
  await setImmediate()
  expect(callbacks.onHeld).not.toHaveBeenCalled()
})

test('it is given back on leaving', async () => {
  const written: string[] = []
  const write = async (holder: string): Promise<boolean> => written.push(holder) > 0
  const access: LeaseAccess = {
    durationS: leaseDurationS,
    read: async () => ({ ...(written.length > 0 && { lease: of(written.at(-1) ?? '') }), write }),
  }
  const stopped = new AbortController()
  const running = new Leader(access, 'me', listener()).run(stopped.signal)
  await setImmediate()
  stopped.abort()
  await running
  expect(written).toEqual(['me', ''])
})
