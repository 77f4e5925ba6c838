import { expect, test } from 'vitest'
import type { Span } from '../../../timeline/lane-spans.ts'
import { clientWords, nodeWords, serviceWords, valueWords } from './lane-words.ts'

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')
const spans = (...states: readonly string[]): Span[] =>
  states.map((state, index) => ({ state, text: '', fromMs: index * 20_000, toMs: (index + 1) * 20_000 }))
const second = (at: number, answered: number) => ({
  fromMs: at * 1000,
  toMs: (at + 1) * 1000,
  answered,
  failed: 1 - answered,
  notSent: 0,
})

test('what had not ended when the episode did took at least so long', () => {
  expect(spaced(serviceWords(spans('served', 'unserved')))).toBe('unserved ≥ 20 s')
  expect(spaced(valueWords(spans('current', 'stale')))).toBe('stale ≥ 20 s')
  expect(spaced(nodeWords(spans('ready', 'memory-pressure')))).toBe('memory pressure ≥ 20 s')
  expect(spaced(clientWords([second(0, 1), second(1, 0), second(2, 0)]))).toBe('down ≥ 2 s')
})

test('what had ended took as long as it says', () => {
  expect(spaced(serviceWords(spans('unserved', 'served')))).toBe('unserved 20 s')
  expect(spaced(valueWords(spans('stale', 'current')))).toBe('stale 20 s')
  expect(spaced(nodeWords(spans('memory-pressure', 'ready')))).toBe('memory pressure 20 s')
  expect(spaced(clientWords([second(0, 0), second(1, 0), second(2, 1)]))).toBe('down 2 s')
})
