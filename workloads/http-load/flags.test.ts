// Decides what the command line may say besides what every load accepts.
import { expect, test } from 'vitest'
import { readFlags } from './flags.ts'

const needed = ['--target', 'web:8080', '--rate', '20', '--duration', '10s']

test('requests share one connection unless each is to have its own', () => {
  expect(readFlags(needed)).toMatchObject({ kind: 'valid', flags: { connections: 1, connectionPerRequest: false } })
  expect(readFlags([...needed, '--connection-per-request'])).toMatchObject({ flags: { connectionPerRequest: true } })
})

test('a connection for each request excludes several connections', () => {
  expect(readFlags([...needed, '--connection-per-request', '--connections', '2'])).toEqual({
    kind: 'invalid',
    problems: ['--connection-per-request keeps no connections, so --connections must be 1. Drop either.'],
  })
})
