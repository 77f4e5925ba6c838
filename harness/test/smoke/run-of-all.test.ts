// One run as a whole: in `make test` with control, incident and the fix of each scenario of `oneFixEach`, in the tier `cluster` with every arm of the article, as `make lab` does it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { skipIfHostWasBusy } from '../cluster/noise.ts'
import { armOf, quickRunOf, readRun, root, runOfAll } from '../cluster/support.ts'
import { oneFixEach } from '../fixtures/one-fix-each.ts'

test('every arm of the run is as expected, and the cluster is as it was', async (context) => {
  const { exitCode, said, out, nodesBefore, nodesAfter } = await runOfAll()
  expect(nodesAfter, 'nothing is left on a node, in the cluster or on the host').toEqual(nodesBefore)
  if (exitCode === 1 || exitCode === 4) skipIfHostWasBusy(await readRun(out), context)
  expect(exitCode, said).toBe(0)
})

test.for(Object.entries(oneFixEach))('%s: the incident is reproduced, and %s repairs it', async ([slug, fix], context) => {
  const run = await quickRunOf(slug)
  skipIfHostWasBusy(run, context)
  const arms = ['control', 'incident', fix].map((name) => armOf(run, name))
  expect(
    arms.map(({ verdict }) => verdict),
    arms.map(({ reason }) => reason).join('; '),
  ).toEqual(['healthy', 'reproduced', 'fixed'])
})

test('its run.json keeps the contract', async () => {
  const { out } = await runOfAll()
  const schema = JSON.parse(await readFile(join(root, 'reports/run.schema.json'), 'utf8')) as object
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  expect([validate(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))), validate.errors]).toEqual([true, null])
})

test('it knows at all times what it was busy with', async () => {
  const { phases } = await readRun((await runOfAll()).out)
  let known = 0
  for (const { phase, fromMs, toMs } of phases.toSorted((a, b) => a.fromMs - b.fromMs)) {
    expect(fromMs - known, `what it did before ${phase} at ${fromMs} ms`).toBeLessThan(20_000)
    known = Math.max(known, toMs)
  }
})

test('a watcher of the live events saw every trial, what its client got each second, and every verdict as it is reported', async () => {
  const { out, live } = await runOfAll()
  const run = await readRun(out)
  expect(live[0]?.type).toBe('run-begins')
  expect(live.at(-1)?.type).toBe('run-ends')
  const verdicts = live.flatMap((event) => (event.type === 'verdict' ? [`${event.slug} ${event.arm}: ${event.verdict}`] : []))
  const reported = run.scenarios.flatMap(({ slug, arms }) => arms.map(({ name, verdict }) => `${slug} ${name}: ${verdict}`))
  expect(verdicts.toSorted()).toEqual(reported.toSorted())
  for (const { slug, trials } of run.scenarios) {
    const began = live.flatMap((event) => (event.type === 'trial-begins' && event.slug === slug ? [event] : []))
    expect(began.map(({ arm }) => arm).toSorted(), slug).toEqual(trials.map(({ arm }) => arm).toSorted())
    for (const { trial, arm } of began) {
      const told = live.filter((event) => 'trial' in event && event.trial === trial)
      expect(told.at(-1)?.type, `${trial}, ${arm}`).toBe('trial-ends')
      expect(told.filter(({ type }) => type === 'second').length, `${trial}, ${arm}`).toBeGreaterThan(0)
    }
    const states = live.flatMap((event) => (event.type === 'lane' && event.trial.startsWith(`${slug}/`) ? [event.state] : []))
    const recorded = trials.flatMap(
      ({ timeline }) => timeline?.lanes.flatMap((lane) => lane.states.map(({ state }) => state)) ?? [],
    )
    expect(new Set(states), slug).toEqual(new Set(recorded))
  }
})
