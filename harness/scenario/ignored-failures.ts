// Under steady load requests can fail while latency and shares look good: a server that answers few requests answers them fast.
import type { Scenario } from '../model/scenario.ts'
import type { Problem } from './problem.ts'

const failures = 'failed_requests'

/** Verdicts of a working service: repaired, or never broken. */
const wellStates = ['fixed', 'healthy'] as const

/**
 * Finds lists of rules that a service under steady load can satisfy while it fails requests. An episode fails some by its nature, and its rules
 * limit for how long, or require service at the end.
 */
export const ignoredFailures = ({ trial, expect }: Scenario): Problem[] =>
  trial.kind === 'episode'
    ? []
    : wellStates
        .filter((verdict) => !expect[verdict].some(({ metric, is }) => metric === failures && is === 'at-most'))
        .map((verdict) => ({
          path: ['expect', verdict],
          message: `has no limit for failed requests: a service that fails them is not ${verdict}; add metric('${failures}').atMost({ times: 0.005, of: 'requests' })`,
        }))
