import { expect, test } from 'vitest'
import { nearMiss } from './near-miss.ts'

const known = ['http2-hot-pod', 'cpu-limit-throttling', 'stale-configmap']

test('a slip of the finger is guessed', () => {
  expect(nearMiss('htp2-hot-pod', known)).toContain('did you mean http2-hot-pod?')
})

test('something quite different is not guessed, but what there is is listed', () => {
  expect(nearMiss('banana', known)).toBe('known: http2-hot-pod, cpu-limit-throttling, stale-configmap')
})
