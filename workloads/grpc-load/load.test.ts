// Decides what a result says of requests which were late, held back, or failed.
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import type { Say } from './channel.ts'
import { fakeClock } from './fake-clock.ts'
import { runLoad } from './load.ts'

const flags = {
  target: { host: 'echo', port: 9000, address: 'echo:9000' },
  rateRps: 10,
  windowMs: 2000,
  warmupMs: 1000,
  deadlineMs: 2000,
  connections: 1,
  balancing: 'pick_first',
  connectionPerRequest: false,
  outstandingLimit: 5000,
} as const

const answer: Say = async () => ({ kind: 'completed', pod: 'echo-1' })

test('the warm-up is sent but not counted', async () => {
  let sent = 0
  const result = await runLoad(flags, (sequence) => ((sent += 1), answer(sequence)), fakeClock())
  expect(sent).toBe(30)
  expect(result).toMatchObject({ intended: 20, sent: 20, notSent: 0, completed: 20, failed: 0, windowMs: 2000 })
  expect(result.perSecond).toMatchObject([
    { second: 0, pods: { 'echo-1': 10 } },
    { second: 1, pods: { 'echo-1': 10 } },
  ])
})

test('a request sent late is charged from its intended time', async () => {
  const result = await runLoad(flags, answer, fakeClock({ atMs: 1500, forMs: 400 }))
  expect(result.latencyUs?.max).toBe(400_000)
  expect(result.sendLagUs?.max).toBe(400_000)
  expect(decodeFromCompressedBase64(result.latencyHistogram).totalCount).toBe(20)
})

test('a request due beyond the outstanding limit is counted as not sent', async () => {
  let answerAll = (): void => {}
  const silence = new Promise<void>((resolve) => (answerAll = resolve))
  const clock = fakeClock()
  const result = runLoad({ ...flags, outstandingLimit: 15 }, (sequence) => silence.then(() => answer(sequence)), clock)
  while (clock.nowUs() < 3_000_000) await new Promise(setImmediate)
  answerAll()
  // 10 of the 15 are the warm-up's.
  expect(await result).toMatchObject({ intended: 20, sent: 5, notSent: 15, completed: 5 })
})

test('failures are counted by status and have no latency', async () => {
  const result = await runLoad(flags, async () => ({ kind: 'failed', statusName: 'UNAVAILABLE' }), fakeClock())
  expect(result).toMatchObject({ sent: 20, completed: 0, failed: 20, failures: { UNAVAILABLE: 20 }, latencyUs: null })
  expect(decodeFromCompressedBase64(result.latencyHistogram).totalCount).toBe(0)
})

test('no quantile is above the maximum', async () => {
  const result = await runLoad(flags, answer, fakeClock({ atMs: 1500, forMs: 368.257 }))
  expect(result.latencyUs).toMatchObject({ p999: 368_257, max: 368_257 })
})
