// What a terminal shows is right whatever its width.
import { expect, test } from 'vitest'
import { diffRuns } from '../diff/diff-runs.ts'
import { matrixOf } from '../diff/matrix.ts'
import { RunDiff } from '../diff/run-diff.ts'
import { lineWidth } from '../report/write/wrapped.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { twoScenarioRun } from '../test/fixtures/report/other-runs.ts'
import { diffText } from './diff/text.ts'
import { defaultPlatform } from '../model/platform.ts'
import { listLines } from './list-text.ts'
import type { Listed } from './list-text.ts'
import { platformLines } from './platform-lines.ts'
import { matrixText } from './matrix/text.ts'

const letters = (lines: readonly string[]): string => lines.join('').replaceAll(/\s+/g, '')

/** At which widths lines are too long, or do not say what they say on a wide terminal. */
const wrongWidths = (linesAt: (columns: number | undefined) => string[]): number[] => {
  const wide = letters(linesAt(10_000))
  return Array.from({ length: 401 }, (_, columns) => columns).filter((columns) => {
    const lines = linesAt(columns)
    return lines.some((line) => line.length > lineWidth(columns)) || letters(lines) !== wide
  })
}

const arms: Listed['arms'] = [
  { name: 'control', kind: 'control', summary: 'a healthy one', fullOnly: false, needs: [] },
  {
    name: 'noisy-neighbour-limited',
    kind: 'trade-off',
    summary:
      'remove-limit, and the greedy neighbour on the same node under a limit of its own, as a namespace with quotas would have it',
    fullOnly: true,
    needs: ['istio'],
  },
]
const addOns: Listed['addOns'] = [{ name: 'istio', title: 'Istio, with sidecars', preparation: '7 minutes and 5 GiB of disk' }]

const scenarios = [
  { slug: 'cpu-limit-throttling', title: 'A CPU limit throttles a service on an idle node', suite: 'article', arms, addOns },
]
const platforms = [
  defaultPlatform,
  {
    ...defaultPlatform,
    name: 'short-cfs-period',
    summary: 'a CFS period of 20 ms',
    kubelet: { cpuCFSQuotaPeriod: '20ms', maxPods: 50 },
  },
]
const older = exampleRun()
const newer = {
  ...twoScenarioRun(),
  seed: 7,
  environment: { ...older.environment, kubernetes: 'v1.36.0', labVersion: '0.2.0' },
}
const diff = RunDiff.parse(diffRuns([older], newer))
const matrix = matrixOf([older, newer])

const shown: readonly (readonly [what: string, linesAt: (columns: number | undefined) => string[]])[] = [
  ['lab list', (columns) => listLines(scenarios, columns)],
  ['lab platforms', (columns) => platformLines(platforms, columns)],
  ['lab diff', (columns) => diffText(diff, columns)],
  ['lab matrix', (columns) => matrixText(matrix, columns)],
]

test.each(shown)(
  '%s is right at any width; a terminal that does not say how wide it is has 80 columns, and a pipe has no width',
  (_, linesAt) => {
    expect(wrongWidths(linesAt)).toEqual([])
    expect(linesAt(0)).toEqual(linesAt(80))
    expect(linesAt(undefined)).toEqual(linesAt(10_000))
  },
)
