import { expect, test, vi } from 'vitest'
import { takeName } from './named.ts'

vi.stubEnv('LAB_STATE', '/state')
const env = { LAB_CLUSTER: 'incident-lab-anna', LAB_STATE: '/state/named/anna' }

test('a name makes a cluster and a state folder of that name, wherever it stands', () => {
  expect(takeName(['run', '--quick', '--name', 'anna', 'http2-hot-pod'])).toEqual({
    words: ['run', '--quick', 'http2-hot-pod'],
    env,
  })
  expect(takeName(['--name=anna', 'status'])).toEqual({ words: ['status'], env })
})

test('said again, as in the shell of a learner, it is the same', () => {
  vi.stubEnv('LAB_STATE', '/state/named/anna')
  expect(takeName(['status', '--name', 'anna']).env).toEqual(env)
  vi.stubEnv('LAB_STATE', '/state')
})

test('without a name all is as it was', () => {
  expect(takeName(['run', 'http2-hot-pod'])).toEqual({ words: ['run', 'http2-hot-pod'], env: {} })
})

test.each([['Anna'], ['-anna'], ['anna-'], ['../up'], ['a'.repeat(31)], [''], ['a b']])('"%s" is no name', (name) => {
  expect(() => takeName(['status', '--name', name])).toThrow('is not valid for --name')
  expect(() => takeName(['status', `--name=${name}`])).toThrow('is not valid for --name')
})

test('a name that is missing is said to be', () => {
  expect(() => takeName(['status', '--name'])).toThrow('is not valid for --name')
})
