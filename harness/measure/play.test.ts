import { expect, test } from 'vitest'
import { play } from './play.ts'

const blocks = [0, 1, 2].map((block) => ['control', 'incident', 'fix'].map((arm) => `${arm} ${block}`))
const planned = blocks.flat()

/** What was measured when these trials were disturbed, each so many times. */
const measured = async (disturbed: Readonly<Record<string, number>>): Promise<string[]> => {
  const all: string[] = []
  const timesOf = (trial: string): number => all.filter((each) => each === trial).length
  const isMeasured = (trial: string): boolean => timesOf(trial) > (disturbed[trial] ?? 0)
  await play(blocks, { measure: async (trials) => void all.push(...trials), isMeasured }, 3)
  return all
}

test('without a disturbance the design is measured as it is', async () => {
  expect(await measured({})).toEqual(planned)
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

test('what was measured before the run was cut off is not measured again, and nothing is prepared for a block that is over', async () => {
  const done = new Set(['control 0', 'incident 0', 'fix 0', 'incident 1'])
  const [all, prepared]: [string[], string[][]] = [[], []]
  await play(
    blocks,
    {
      prepare: async (trials) => void prepared.push([...trials]),
      measure: async (trials) => trials.forEach((trial) => (all.push(trial), done.add(trial))),
      isMeasured: (trial) => done.has(trial),
    },
    3,
  )
  expect(all).toEqual(['control 1', 'fix 1', 'control 2', 'incident 2', 'fix 2'])
  expect(prepared).toEqual([
    ['control 1', 'fix 1'],
    ['control 2', 'incident 2', 'fix 2'],
  ])
})

test('a disturbance that lasts ends the repeats: three rounds without a valid trial, then the design alone', async () => {
  const always = Object.fromEntries(planned.map((each) => [each, Infinity]))
  expect((await measured(always)).length).toBe(planned.length + 3 * 3)
})

test('a stage is taken when the one before is over: what was measured decides whether there is a next one', async () => {
  const all: string[] = []
  const untilTwo = {
    *[Symbol.iterator]() {
      while (all.length < 2) yield [`trial ${all.length}`]
    },
  }
  await play(untilTwo, { measure: async (trials) => void all.push(...trials), isMeasured: (trial) => all.includes(trial) }, 3)
  expect(all).toEqual(['trial 0', 'trial 1'])
})
