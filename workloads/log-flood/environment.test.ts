// Decides which environments the flood accepts.
import { expect, test } from 'vitest'
import { readSettings } from './environment.ts'

const isFolder = (path: string): boolean => ['/', '/logs', '/logs/old'].includes(path)
const enough = { FLOOD_TO: '/logs/app.log', AT_MOST_MIB: '64', GUARD: '/logs' }

test('where to, how much and the guard are enough', () => {
  expect(readSettings(enough, isFolder)).toEqual({
    kind: 'valid',
    settings: { floodTo: '/logs/app.log', rateMibPerS: 20, atMostMib: 64, guard: '/logs', largestFileSystemMib: 2048 },
  })
})

test('the flood may go to stdout', () => {
  expect(readSettings({ ...enough, FLOOD_TO: 'stdout' }, isFolder)).toMatchObject({ settings: { floodTo: 'stdout' } })
})

test('everything missing is named at once', () => {
  const outcome = readSettings({}, isFolder)
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['FLOOD_TO', 'AT_MOST_MIB', 'GUARD'])
})

test.each([
  ['FLOOD_TO', 'app.log'],
  ['FLOOD_TO', '/missing/app.log'],
  ['FLOOD_TO', '/logs/old'],
  ['FLOOD_TO', ''],
  ['RATE_MIB_PER_S', '0'],
  ['RATE_MIB_PER_S', '101'],
  ['RATE_MIB_PER_S', ''],
  ['AT_MOST_MIB', '0'],
  ['AT_MOST_MIB', '4097'],
  ['AT_MOST_MIB', 'Infinity'],
  ['GUARD', 'logs'],
  ['GUARD', '/logs/app.log'],
  ['LARGEST_FILE_SYSTEM_MIB', '0'],
  ['LARGEST_FILE_SYSTEM_MIB', '2Gi'],
])('%s %j is one problem', (name, value) => {
  const outcome = readSettings({ ...enough, [name]: value }, isFolder)
  expect(outcome).toMatchObject({ kind: 'invalid', problems: [expect.stringMatching(`^${name} is '${value}'`)] })
})
