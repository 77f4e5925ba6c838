// A scenario of one's own, as `lab new scenario` writes it: it runs on the real cluster and is judged as it stands.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { skipIfHostWasBusy } from './noise.ts'
import { expectVerdicts, lab, readRun, temporaryFolder } from './support.ts'

test('a new scenario is reproduced and repaired, and judging its run again says the same', async (context) => {
  const [where, out] = [await temporaryFolder(), await temporaryFolder()]
  await lab(['new', 'scenario', 'my-slug', '--in', where])
  const { exitCode, all } = await lab(['run', join(where, 'my-slug'), '--quick', '--out', out])
  const run = await readRun(out)
  skipIfHostWasBusy(run, context)
  expect(exitCode, all).toBe(0)
  expectVerdicts(run, { control: 'healthy', incident: 'reproduced', 'named-port': 'fixed' })
  expect(all).toContain('my-slug')
  expect((await lab(['judge', out])).exitCode).toBe(0)
  expect(await readRun(out)).toEqual(run)
})
