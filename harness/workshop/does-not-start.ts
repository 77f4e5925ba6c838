// Why an exercise does not start, or a repaired system does not start again: messages of the kubelet, the scheduler or a controller.
import { LabError, reasonOf } from '../model/lab-error.ts'

/** A system that fails even before the incident cannot be measured. Errors unrelated to the learner's objects pass through. */
export const doesNotStart = (error: unknown): never => {
  if (!(error instanceof LabError) || error.exit !== 'unexpected') throw error
  const { evidence = [] } = error.details
  throw new LabError('Your repaired system fails to start from its state before the incident', {
    why: withCause(evidence, reasonOf(error)),
    evidence,
    exit: 'usage',
    next: 'fix it, or restore the exercise with `lab workshop reset`',
    cause: error,
  })
}

interface Missing {
  /** The moment that was not reached, in words. */
  readonly waitedFor: string
  /** The deadline, such as 90s. */
  readonly window: string
  /** What ended the episode; undefined: unknown. */
  readonly ended: string | undefined
  readonly proof: readonly string[]
  readonly invalid: readonly string[]
  /** Messages of the cluster about the namespace. */
  readonly evidence: readonly string[]
}

/** The error of an incident that did not occur. */
export const didNotOccur = ({ waitedFor, window, ended, proof, invalid, evidence }: Missing): LabError =>
  new LabError('The incident did not occur', {
    why: withCause(evidence, `waited ${window} for this: ${waitedFor}${ended === undefined ? '' : `; ended: ${ended}`}`),
    evidence: [...evidence, ...proof, ...invalid],
    next: 'start it again; `lab run` of this scenario shows more details',
  })

/** The cause first, then what was waited for. */
const withCause = (evidence: readonly string[], waited: string): string => {
  const cause = causeIn(evidence)
  return cause === undefined ? waited : `${cause} (${waited})`
}

/** The first pod that does not run and has a reason, else the last warning, unless every pod runs. */
const causeIn = (evidence: readonly string[]): string | undefined => {
  const pods = evidence.filter((line) => line.startsWith('pod '))
  const failing = pods.find((line) => line.includes(', '))
  const isRunning = pods.length > 0 && pods.every((line) => /: (Running|Succeeded)$/.test(line))
  return failing ?? (isRunning ? undefined : evidence.findLast((line) => line.startsWith('event ')))
}
