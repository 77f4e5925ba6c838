import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PhaseBook } from './phases.ts'

test('a phase within another one interrupts it: no moment of a lane counts twice', async () => {
  const book = new PhaseBook()
  const timePhase = book.lane('run', 'memory')
  await timePhase('wait', async () => {
    await pause(20)
    await timePhase('load', () => pause(20))
    await pause(20)
  })
  const phases = book.phases()
  expect(phases.map(({ phase }) => phase)).toEqual(['wait', 'load', 'wait'])
  expect(phases.map(({ fromMs }) => fromMs)).toEqual([phases[0]?.fromMs, phases[0]?.toMs, phases[1]?.toMs])
})

test('lanes are concurrent, and failed work also took time', async () => {
  const book = new PhaseBook()
  const failing = book.lane('node-1', 'disk')('deploy', async () => {
    await pause(10)
    throw new Error('refused')
  })
  await Promise.allSettled([failing, book.lane('node-2', 'disk')('deploy', () => pause(10))])
  expect(
    book
      .phases()
      .map(({ lane, scenario }) => `${lane} ${scenario}`)
      .toSorted(),
  ).toEqual(['node-1 disk', 'node-2 disk'])
})
