// Under steady load requests can fail while latency and shares look as they should: a server that answers few requests answers them fast.
import type { Scenario } from '../model/scenario.ts'
import type { Problem } from './problem.ts'

const failures = 'failed_requests'

/** What a service has to be that is well: repaired, or never broken. */
const wellStates = ['fixed', 'healthy'] as const

/**
 * A list of rules that a service under steady load can satisfy while it fails requests. An episode fails some by its nature, and its rules
 * say for how long, or that it serves at the end.
 */
export const ignoredFailures = ({ trial, expect }: Scenario): Problem[] =>
  trial.kind === 'episode'
    ? []
    : wellStates
        .filter((verdict) => !expect[verdict].some(({ metric, is }) => metric === failures && is === 'at-most'))
        .map((verdict) => ({
          path: ['expect', verdict],
          message: `says nothing of failed requests: what fails them is not ${verdict}; add metric('${failures}').atMost({ times: 0.005, of: 'requests' })`,
        }))
