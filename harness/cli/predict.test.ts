import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { labHere } from '../test/fixtures/lab-command.ts'

const predict = (...words: string[]) => labHere('predict', ...words)

test('one limit: what it does, what no limit would do, and what would have been enough', async () => {
  const { exitCode, stdout } = await predict('cpu-limit-throttling', '--limit', '200m', '--cost', '30ms', '--rate', '3')
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/p99 +1[01]\d ms +30\.0 ms/)
  expect(stdout).toMatch(/use of the limit +45\.0 % +—/)
  expect(stdout).toContain('A limit of 300m would have been enough')
  expect(stdout).toMatch(/Recommended: 3[1-6]0m, which has the model’s largest error of [\d.]+ % on top/)
  expect(stdout).toMatch(/Measured error of the model’s p99: [\d.]+ % in the median and [\d.]+ % at most beside a simulation/)
})

test('a range: a row per limit, the one marked where it is enough, and a chart', async () => {
  const chart = join(await mkdtemp(join(tmpdir(), 'lab-predict-')), 'limits.svg')
  const { exitCode, stdout } = await predict('cpu-limit-throttling', '--limit', '80m..500m', '--chart', chart)
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/80m .*overloaded/)
  expect(stdout.split('\n').filter((line) => line.includes('←'))).toEqual([expect.stringMatching(/^ +300m .*█ ← enough/)])
  const { document } = parseHTML(await readFile(chart, 'utf8'))
  expect(document.querySelector('svg')?.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg')
  expect(document.querySelector('desc')?.textContent).toContain('300m')
  expect(document.querySelector('svg')?.outerHTML).not.toMatch(/NaN|Infinity/)
})

test('requests of different cost need a higher limit; a longer tick lets more of them pass, and other containers raise the quota of the pod', async () => {
  const at = async (...words: string[]) =>
    JSON.parse((await predict('cpu-limit-throttling', '--limit', '300m', '--rate', '2.9', '--json', ...words)).stdout) as {
      predicted: [{ prediction: { latencyMs: { p50: number; p99: number } } }]
      enough: { nearlyMillicores: number }
    }
  expect((await at('--spread', '10')).enough.nearlyMillicores).toBeGreaterThan(330)
  const p50 = async (...words: string[]) => (await at(...words)).predicted[0].prediction.latencyMs.p50
  expect(await p50('--cost', '34ms', '--tick', '1ms')).toBeGreaterThan(2 * (await p50('--cost', '34ms', '--tick', '10ms')))
  expect(await p50('--cost', '40ms', '--other-limits', '700m')).toBeLessThan(await p50('--cost', '40ms'))
})

test('--json has all of it, in base units', async () => {
  const { stdout } = await predict('cpu-limit-throttling', '--limit', 'none', '--rate', '2.9', '--json')
  expect(JSON.parse(stdout)).toEqual({
    scenario: 'cpu-limit-throttling',
    service: {
      costMs: 30,
      spread: 0,
      rateRps: 2.9,
      periodMs: 100,
      tickMs: 4,
      sliceMs: 5,
      arrivals: 'even',
      workers: 1,
      otherLimitsMillicores: 0,
      seed: 1,
    },
    predicted: [
      {
        limitMillicores: null,
        prediction: {
          latencyMs: { p50: 30, p99: 30, max: 30 },
          throttledRatio: 0,
          throttledMsPerRequest: 0,
          useOfLimit: null,
          overloaded: false,
        },
      },
    ],
    unlimited: expect.objectContaining({ limitMillicores: null }),
    enough: { unthrottledMillicores: 300, nearlyMillicores: 300, recommendedMillicores: expect.any(Number) as number },
    modelError: expect.objectContaining({ measured: expect.objectContaining({ points: 5 }) as unknown }) as unknown,
  })
})

test('a scenario without a model is exit 2, and the one with a model is named', async () => {
  const { exitCode, stderr } = await predict('http2-hot-pod')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('http2-hot-pod has no model')
  expect(stderr).toContain('cpu-limit-throttling')
})

test('an unknown scenario is exit 2, and the near miss is named', async () => {
  const { exitCode, stderr } = await predict('cpu-limit-throtling')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('did you mean cpu-limit-throttling?')
})

test.each([
  ['--limit', '2OOm'],
  ['--limit', '500m..100m'],
  ['--cost', '30'],
  ['--spread', '200'],
  ['--tick', '4'],
  ['--other-limits', 'none'],
  ['--period', '2s'],
  ['--chart', 'one-limit.svg'],
])('%s %s is no quantity, range, duration or file: exit 2', async (...words) => {
  expect((await predict('cpu-limit-throttling', ...words)).exitCode).toBe(2)
})

test('where every limit is overloaded there is no latency to draw', async () => {
  const chart = join(await mkdtemp(join(tmpdir(), 'lab-predict-')), 'limits.svg')
  const { exitCode, stderr } = await predict('cpu-limit-throttling', '--limit', '10m..20m', '--chart', chart)
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/There is no latency to draw\n {2}why: the load exceeds/)])
})

test('a chart into a folder that is not there is wrong usage', async () => {
  const { exitCode, stderr } = await predict('cpu-limit-throttling', '--limit', '80m..500m', '--chart', '/nowhere/limits.svg')
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/\/nowhere\/limits\.svg cannot be written\n {2}why: ENOENT/)])
})
