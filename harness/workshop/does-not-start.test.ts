import { expect, test } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { didNotOccur, doesNotStart } from './does-not-start.ts'

const thrown = (error: unknown): unknown => {
  try {
    return doesNotStart(error)
  } catch (found) {
    return found
  }
}

test('what the learner left and does not start says the reason of the first pod that is not running', () => {
  const cause = new LabError('Waited 120 s for the Deployments in lab-exercise to be ready', {
    why: 'last seen: server 0/3',
    evidence: ['pod server-0: Pending, server: CreateContainerConfigError: configmap "shop" not found', 'pod client: Running'],
  })
  expect(thrown(cause)).toMatchObject({
    message: 'Your repaired system fails to start from its state before the incident',
    exit: 'usage',
    details: {
      why: 'pod server-0: Pending, server: CreateContainerConfigError: configmap "shop" not found (Waited 120 s for the Deployments in lab-exercise to be ready: last seen: server 0/3)',
      evidence: cause.details.evidence,
    },
  })
})

test('where every pod runs, the reason is what was waited for; where no pod came to be, it is the last warning', () => {
  const waited = 'Waited 60 s for lab-exercise to be settled'
  const why = (evidence: readonly string[]) => thrown(new LabError(waited, { why: 'not yet: 3 pods', evidence }))
  expect(why(['pod server-0: Running'])).toMatchObject({ details: { why: `${waited}: not yet: 3 pods` } })
  expect(why(['event ReplicaSet/server: FailedCreate: exceeded quota'])).toMatchObject({
    details: { why: `event ReplicaSet/server: FailedCreate: exceeded quota (${waited}: not yet: 3 pods)` },
  })
})

test('an error of the lab or of the machine is not blamed on the learner', () => {
  for (const error of [new TypeError('undefined'), new LabError('The node does not answer', { exit: 'cannotRun' })])
    expect(thrown(error)).toBe(error)
})

test('an incident that did not occur says what was waited for, how the episode ended, and the state of its pods', () => {
  const error = didNotOccur({
    waitedFor: 'a pod of critical is pending',
    window: '90s',
    ended: 'the load ended before the episode',
    proof: ['scheduler: nothing'],
    invalid: ['the load was sent late'],
    evidence: ['pod hog: Pending, 0/4 nodes are available'],
  })
  expect(error.message).toBe('The incident did not occur')
  expect(error.details).toMatchObject({
    why: 'pod hog: Pending, 0/4 nodes are available (waited 90s for this: a pod of critical is pending; ended: the load ended before the episode)',
    evidence: ['pod hog: Pending, 0/4 nodes are available', 'scheduler: nothing', 'the load was sent late'],
  })
})
