// `make nightly`: the tests of each tier, one tier after the other. Adds what became of them to docs/nightly.json, and writes docs/nightly.md from it.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { Nights, nightlyPage, tiers, tiersNamed } from './nightly-page.ts'
import type { TierRun } from './nightly-page.ts'
import * as z from 'zod'

const root = resolve(import.meta.dirname, '..')
const records = join(import.meta.dirname, 'nightly.json')

/** What `.ci/tier.js` keeps of a tier. */
const Kept = z.object({ minutes: z.number(), passed: z.int(), failed: z.int(), leftOut: z.int() })

const named = tiersNamed(process.argv.slice(2))
if (typeof named === 'string') {
  console.error(named)
  process.exit(2)
}

const commit = (await execa('git', ['describe', '--always', '--dirty'], { cwd: root })).stdout
const machine = `${availableParallelism()} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB`

const play = async (tier: string): Promise<TierRun> => {
  const kept = join(root, `reports/runs/tests-${tier}.json`)
  await rm(kept, { force: true })
  const date = new Date().toISOString()
  const startedAt = Date.now()
  const reporters = ['--reporter=default', '--reporter=./.ci/tier.js']
  await execa('vitest', ['run', '--project', tier, ...reporters], {
    cwd: root,
    preferLocal: true,
    stdio: 'inherit',
    reject: false,
  })
  const text = await readFile(kept, 'utf8').catch(() => null)
  const counts = text === null ? nothingRan(startedAt) : Kept.parse(JSON.parse(text))
  return { date, commit, machine, tier, ...counts }
}

/** The tests could not begin, which is a failure. */
const nothingRan = (startedAt: number): z.infer<typeof Kept> => ({
  minutes: (Date.now() - startedAt) / 60_000,
  passed: 0,
  failed: 1,
  leftOut: 0,
})

for (const tier of named) {
  console.log(`\n${tier}: ${tiers[tier]}`)
  const run = await play(tier)
  if (run.failed > 0) process.exitCode = 1
  const nights = [...Nights.parse(JSON.parse(await readFile(records, 'utf8'))), run]
  await writeFile(records, `${JSON.stringify(nights, undefined, 1)}\n`)
  await writeFile(join(import.meta.dirname, 'nightly.md'), nightlyPage(nights))
}
