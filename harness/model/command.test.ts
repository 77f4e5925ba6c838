// The command that repeats a run names what the run was.
import { expect, it } from 'vitest'
import { episodeRun } from '../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { twoScenarioRun } from '../test/fixtures/report/other-runs.ts'
import { commandOf, measureAgain } from './command.ts'

it('names arms, blocks, the version of Kubernetes and the seed', () => {
  expect(commandOf(exampleRun())).toBe(
    'npx lab run http2-hot-pod --quick --arm l7-proxy,client-side,max-connection-age,more-replicas --blocks 2 --kubernetes v1.34 --seed 20260512',
  )
})

it('measures the same again without what is there to repeat the very run', () => {
  const command = 'npx lab run http2-hot-pod --quick --arm l7-proxy,client-side,max-connection-age,more-replicas --blocks 2'
  expect(measureAgain(exampleRun())).toBe(command)
})

it('names the rule of when to stop, and no number of blocks, of a run until it was settled', () => {
  const run = exampleRun()
  const looks = [
    { blocks: 2, share: 0.5 },
    { blocks: 4, share: 0.5 },
  ]
  for (const scenario of run.scenarios) scenario.design = { deployments: [], trials: [], looks, seconds: 0, floorSeconds: 0 }
  expect(commandOf(run)).toMatch(/ --until-settled /)
  expect(commandOf(run)).not.toMatch(/ --blocks /)
})

it('names neither arms nor blocks where those of the scenarios differ: then no flag had chosen them', () => {
  expect(commandOf(twoScenarioRun())).toBe(
    'npx lab run http2-hot-pod cpu-limit-throttling --quick --kubernetes v1.34 --seed 20260512',
  )
})

it('names what was measured where a scenario was skipped: `lab run` refuses a named scenario that cannot run', () => {
  expect(commandOf(episodeRun())).toMatch(/^npx lab run missing-priority-class log-flood-disk-pressure /)
})

it('runs all where every scenario was skipped', () => {
  expect(commandOf({ ...episodeRun(), scenarios: [] })).toMatch(/^npx lab run --all /)
})

it('names an arm where only control and incident were measured, and no number of blocks that the flag does not take', () => {
  const run = exampleRun()
  for (const scenario of run.scenarios) {
    scenario.arms = scenario.arms.slice(0, 2)
    scenario.method.blocks = 1
  }
  expect(commandOf(run)).toContain('--arm incident --kubernetes')
})

it('keeps a shell from reading data as commands', () => {
  const run = exampleRun()
  for (const scenario of run.scenarios) scenario.slug = "$(reboot)'; ls"
  expect(commandOf(run)).toContain(String.raw`npx lab run '$(reboot)'\''; ls' --quick`)
})
