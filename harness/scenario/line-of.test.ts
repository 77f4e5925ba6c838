import { expect, test } from 'vitest'
import { lineOf } from './line-of.ts'

const source = `// A scenario in miniature.

const trial = { kind: 'steady' } // another one

export default defineScenario({
  slug: 'it is a trial: {',
  // trial: {
  arms: {
    control: { kind: 'control', summary: "it's calm" },
    'log-rotation': {
      kind: 'fix',
      steps: [],
    },
  },
  trial: {
    kind: 'episode',
    node: { size: 'small-disk', kubelet: { kind: 'x' } },
    steps: [
      { when: { pods: 'a', are: 'ready' }, what: 'one (of two)' },
      {
        when: { pods: 'b, c', are: 'ready' },
        apply: 'triggers/b.yaml',
      },
    ],
    until: ['a', 'b'].map((pods) => ({ pods })),
    quick: { blocks: 1 },
  },
})
`

test('a key is found in the value it belongs to, whatever other values, texts and comments hold', () => {
  expect(lineOf(source, ['slug'])).toBe(6)
  expect(lineOf(source, ['trial'])).toBe(15)
  expect(lineOf(source, ['trial', 'kind'])).toBe(16)
  expect(lineOf(source, ['trial', 'quick', 'blocks'])).toBe(26)
  expect(lineOf(source, ['arms', 'log-rotation', 'kind'])).toBe(11)
})

test('an element of a list is found by its number', () => {
  expect(lineOf(source, ['trial', 'steps', 0, 'what'])).toBe(19)
  expect(lineOf(source, ['trial', 'steps', 1])).toBe(20)
  expect(lineOf(source, ['trial', 'steps', 1, 'when', 'are'])).toBe(21)
  expect(lineOf(source, ['trial', 'steps', 1, 'apply'])).toBe(22)
})

test('what is missing is named with the line of what it is missing from', () => {
  expect(lineOf(source, ['arms', 'control', 'expected'])).toBe(9)
  expect(lineOf(source, ['arms', 'log-rotation', 'steps', 0, 'when'])).toBe(12)
  expect(lineOf(source, ['trial', 'steps', 0, 'apply'])).toBe(19)
  expect(lineOf(source, ['expect'])).toBe(5)
  expect(lineOf('export const nothing = 1', ['slug'])).toBe(1)
})

test('what is computed is named with the line it is computed on', () => {
  expect(lineOf(source, ['trial', 'until', 1, 'are'])).toBe(25)
  expect(lineOf(source, ['trial', 'until', 7])).toBe(25)
})
