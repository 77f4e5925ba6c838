import { expect, test } from 'vitest'
import { measureInBlocks } from './blocks.ts'
import type { PlannedTrial } from './blocks.ts'

const plan = [0, 1, 2].flatMap((block) =>
  ['control', 'incident', 'fix'].map((arm): PlannedTrial => ({ arm, again: false, block })),
)
const nameOf = ({ arm, block }: PlannedTrial): string => `${arm} ${block}`

/** What was measured when these trials were disturbed, each so many times. */
const measured = async (disturbed: Readonly<Record<string, number>>): Promise<string[]> => {
  const all: string[] = []
  const timesOf = (trial: PlannedTrial): number => all.filter((each) => each === nameOf(trial)).length
  await measureInBlocks(
    plan,
    async (trial) => void all.push(nameOf(trial)),
    (trial) => timesOf(trial) > (disturbed[nameOf(trial)] ?? 0),
  )
  return all
}

test('without a disturbance the plan is measured as it is', async () => {
  expect(await measured({})).toEqual(plan.map(nameOf))
})

test('a disturbed trial is measured again at the end of its own block: its pair stays close in time', async () => {
  expect((await measured({ 'fix 0': 1 })).slice(0, 5)).toEqual(['control 0', 'incident 0', 'fix 0', 'fix 0', 'control 1'])
})

test('whatever is disturbed for a while, every pair of a block is there at the end', async () => {
  const all = await measured({ 'control 0': 2, 'incident 0': 1, 'fix 1': 2 })
  expect(all.filter((each) => each.endsWith(' 0'))).toEqual([
    'control 0',
    'incident 0',
    'fix 0',
    'control 0', // both again
    'incident 0',
    'control 0',
  ])
  expect(all.at(-1)).toBe('fix 2')
})

test('what was measured before the run was cut off is not measured again', async () => {
  const before = new Set(['control 0', 'incident 0', 'fix 0', 'incident 1'])
  const all: string[] = []
  await measureInBlocks(
    plan,
    async (trial) => void all.push(nameOf(trial)),
    (trial) => before.has(nameOf(trial)) || all.includes(nameOf(trial)),
  )
  expect(all).toEqual(['control 1', 'fix 1', 'control 2', 'incident 2', 'fix 2'])
})

test('a disturbance that lasts ends the repeats: three rounds without a valid trial, then the plan alone', async () => {
  const always = Object.fromEntries(plan.map((each) => [nameOf(each), Infinity]))
  expect((await measured(always)).length).toBe(plan.length + 3 * 3)
})
