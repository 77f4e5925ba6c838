// Turns of two runs, as a log of who began what.
import { expect, test } from 'vitest'
import type { Wanted } from '../../measure/turn.ts'
import { openTurns } from './turns.ts'
import type { Side } from './turns.ts'

const alone: Wanted = { how: 'alone', stage: null }
const block = (stage: number): Wanted => ({ how: 'alone', stage })

/** Two runs that take these turns one after the other; the log of their beginnings. `coin`: who goes first in each block. */
const played = async (plans: Record<Side, readonly Wanted[]>, coin: readonly Side[] = []): Promise<string[]> => {
  const coins = [...coin]
  const turns = openTurns(() => coins.shift() ?? 'base')
  const log: string[] = []
  let inTurn = 0
  const run = async (side: Side): Promise<void> => {
    for (const [index, wanted] of plans[side].entries()) {
      await turns.ask(side, wanted)
      inTurn += 1
      if (wanted.how === 'alone') expect(inTurn, 'one at a time').toBe(1)
      log.push(`${side} ${index}`)
      await new Promise((done) => setTimeout(done, 1))
      inTurn -= 1
      turns.over(side)
    }
    turns.leave(side)
  }
  await Promise.all([run('base'), run('change')])
  return log
}

test('two runs alternate, trial by trial', async () => {
  const plan = [alone, alone, alone]
  expect(await played({ base: plan, change: plan })).toEqual(['base 0', 'change 0', 'base 1', 'change 1', 'base 2', 'change 2'])
})

test('before each block both wait, and the coin says who goes first in it', async () => {
  const plan = [block(1), alone, block(2), alone]
  const log = await played({ base: plan, change: plan }, ['change', 'base'])
  expect(log).toEqual(['change 0', 'base 0', 'change 1', 'base 1', 'base 2', 'change 2', 'base 3', 'change 3'])
})

test('both deploy the arms of a block beside one another, and then the coin says who measures first', async () => {
  const plan = [{ how: 'together', stage: 2 } as const, block(3), alone]
  const log = await played({ base: plan, change: plan }, ['change'])
  expect(log.slice(0, 2).toSorted()).toEqual(['base 0', 'change 0'])
  expect(log.slice(2)).toEqual(['change 1', 'base 1', 'change 2', 'base 2'])
})

test('a run that repeats a disturbed trial is waited for before the next block', async () => {
  const log = await played({ base: [block(1), alone, alone, alone, block(2)], change: [block(1), alone, block(2)] })
  expect(log.slice(-4)).toEqual(['base 2', 'base 3', 'base 4', 'change 2'])
})

test('a run that skips a scenario waits until the other one has measured it', async () => {
  const log = await played({ base: [block(2000)], change: [block(1000), alone, block(2000)] })
  expect(log).toEqual(['change 0', 'change 1', 'base 0', 'change 2'])
})

test('episodes of both run beside one another, and nothing else does', async () => {
  const together: Wanted = { how: 'together', stage: 0 }
  const turns = openTurns(() => 'base')
  const begun: string[] = []
  void turns.ask('base', together).then(() => begun.push('base'))
  await settled()
  expect(begun, 'it waits for the other one').toEqual([])
  void turns.ask('change', together).then(() => begun.push('change'))
  await settled()
  expect(begun).toEqual(['base', 'change'])
  turns.over('base')
  void turns.ask('base', alone).then(() => begun.push('base alone'))
  await settled()
  expect(begun).toHaveLength(2)
  turns.over('change')
  await settled()
  expect(begun).toEqual(['base', 'change', 'base alone'])
})

test('a run continues alone when the other one has ended, whatever that was doing', async () => {
  for (const ended of ['in turn', 'away'] as const) {
    const turns = openTurns(() => 'base')
    if (ended === 'in turn') await turns.ask('base', alone)
    const begun = turns.ask('change', block(7))
    turns.leave('base')
    await expect(begun, ended).resolves.toBeUndefined()
  }
})

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 1))
