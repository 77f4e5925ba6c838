// A connection that ends again and again opens at a random pod: chance alone may leave a whole trial on one pod.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { durationMs } from '../model/moment.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'
import { seeded } from '../stats/seeded.ts'

const pods = 3

test('chance makes max-connection-age look like the incident in fewer than 1 of 1,000 quick runs', async () => {
  const [loaded] = await chooseScenarios(['http2-hot-pod'])
  if (loaded?.scenario.trial.kind !== 'steady') throw new Error('steady load is expected')
  const { trial } = loaded.scenario
  const manifest = await readFile(join(loaded.folder, 'remedies/max-connection-age.yaml'), 'utf8')
  const age = Number(/MAX_CONNECTION_AGE_MS, value: "(\d+)"/.exec(manifest)?.[1])
  const window = durationMs(trial.quick.window)
  const random = seeded(1)
  /** Share of the busiest pod in one window that begins at any moment of a connection. */
  const topShare = (): number => {
    const shares = Array<number>(pods).fill(0)
    for (let from = -random.share() * age; from < window; from += age) {
      const pod = random.below(pods)
      shares[pod] = (shares[pod] ?? 0) + (Math.min(window, from + age) - Math.max(0, from)) / window
    }
    return Math.max(...shares)
  }
  const runs = 20_000
  let wrong = 0
  for (let run = 0; run < runs; run++)
    if (Array.from({ length: trial.quick.blocks }, topShare).filter((share) => share > 0.95).length >= 2) wrong++
  expect(wrong / runs).toBeLessThan(0.001)
})
