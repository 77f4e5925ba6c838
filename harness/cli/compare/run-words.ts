// What follows `lab` for the run of a side.
import { join } from 'node:path'
import type { ComparisonPlan } from './plan.ts'
import type { Subject } from './subjects.ts'
import type { Side } from './turns.ts'

interface Asked {
  readonly all?: true
  readonly suite?: string
  readonly arm: readonly string[] | undefined
  readonly quick?: true
  readonly offline?: true
  readonly keep?: true
  readonly seed: number
  /** Of the comparison. */
  readonly id: string
  /** Folder of the comparison; the side has its own in it. */
  readonly out: string
}

export const runWords = (
  side: Side,
  { scenarios, platform, kubernetes }: Subject,
  { blocks, episodes, workers }: ComparisonPlan,
  { all, suite, arm, quick, offline, keep, seed, id, out }: Asked,
): string[] => {
  const flags: readonly (readonly [flag: string, value: string | number | true | undefined])[] = [
    ['--all', all],
    ['--suite', suite],
    ['--arm', arm?.join(',')],
    ['--quick', quick],
    ['--offline', offline],
    ['--keep', keep],
    ['--name', side],
    ['--side', `${side}:${id}`],
    ['--platform', platform],
    ['--kubernetes', kubernetes],
    ['--blocks', blocks],
    ['--episodes', episodes],
    ['--workers', workers],
    ['--seed', seed],
    ['--out', join(out, side)],
  ]
  const given = flags.flatMap(([flag, value]) => (value === undefined ? [] : value === true ? [flag] : [flag, `${value}`]))
  return ['run', ...scenarios, ...given]
}
