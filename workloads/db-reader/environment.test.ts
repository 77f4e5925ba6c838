// Decides which environments the service accepts.
import { expect, test } from 'vitest'
import { readSettings } from './environment.ts'

test('only the name of the pod is needed', () => {
  const settings = { port: 8080, pod: 'web-1', configFrom: 'environment', configFolder: '/config' }
  expect(readSettings({ POD_NAME: 'web-1' })).toEqual({ kind: 'valid', settings })
})

test.each(['environment', 'file-at-start', 'file'])('%s is a place to read the values from', (configFrom) => {
  expect(readSettings({ POD_NAME: 'web-1', CONFIG_FROM: configFrom })).toMatchObject({ kind: 'valid', settings: { configFrom } })
})

test('every bad variable is named at once', () => {
  const outcome = readSettings({ PORT: '70000', CONFIG_FOLDER: 'config', CONFIG_FROM: 'files' })
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['POD_NAME', 'PORT', 'CONFIG_FOLDER', 'CONFIG_FROM'])
})
