// Labs of different names on one machine, all at once.
import { expect, test } from 'vitest'
import { stateDir } from '../../places.ts'
import { differences, inventory } from '../chaos/inventory.ts'
import { lab } from '../cluster/support.ts'

const names = ['test-one', 'test-two', 'test-three', 'test-four']

/** The same command of each, at once. */
const all = (...words: readonly string[]) => Promise.all(names.map((name) => lab([...words, '--name', name])))

test('four labs bring up clusters at once, each knows its own, and when they are gone nothing of them is left', async () => {
  const before = await inventory(stateDir())
  try {
    for (const { exitCode, all: printed } of await all('up', '--workers', '1', '--ready-within', '600'))
      expect(exitCode, printed).toBe(0)
    const found = (await all('status', '--json')).map(({ stdout }) => JSON.parse(stdout) as { state: string; nodes: string[] })
    expect(found.map(({ state, nodes }) => [state, ...nodes.toSorted()])).toEqual(
      names.map((name) => ['ready', `incident-lab-${name}-control-plane`, `incident-lab-${name}-worker`]),
    )
    for (const { exitCode, stdout } of await all('clean')) expect([exitCode, stdout]).toEqual([0, 'nothing was left behind'])
    expect((await lab(['status', '--json', '--name', 'test-one'])).stdout, 'meant to stay').toContain('"ready"')
  } finally {
    for (const { exitCode, all: printed } of await all('down')) expect(exitCode, printed).toBe(0)
  }
  expect(differences(before, await inventory(stateDir()))).toEqual([])
})
