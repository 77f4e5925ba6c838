import { expect, test } from 'vitest'
import { measuredOf } from '../judge/judge-run.ts'
import type { MeasuredScenario } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { proofOfIncident } from './steady-exercise.ts'

/** The first block of a run, as an exercise measures it before its incident is shown. */
const measured = (change: (trial: Trial) => Partial<Trial> = () => ({})): MeasuredScenario => {
  const [scenario] = measuredOf(exampleRun()).scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const shown = ['control', 'incident']
  return {
    ...scenario,
    arms: scenario.arms.filter(({ name }) => shown.includes(name)),
    trials: scenario.trials
      .filter(({ arm, block }) => block === 0 && shown.includes(arm))
      .map((trial) => ({ ...trial, ...change(trial) })),
  }
}
const [control] = measured().trials.filter(({ arm }) => arm === 'control')
const incident = measured().trials.find(({ arm }) => arm === 'incident')

test('an incident that one block shows begins the exercise with its proof', () => {
  expect(proofOfIncident(measured(), 1)).toEqual(incident?.proof)
})

test('an incident that looks like the healthy system begins no exercise: the rule that does not hold is the reason', () => {
  const healthy = measured(({ arm }) => (arm === 'incident' ? { metrics: control?.metrics ?? {} } : {}))
  expect(() => proofOfIncident(healthy, 1)).toThrow(
    expect.objectContaining({
      message: 'The incident was not reproduced',
      exit: 'unexpected',
      details: expect.objectContaining({
        why: expect.stringMatching(/effective pods/) as unknown,
        evidence: incident?.proof,
        next: expect.stringContaining('idle machine') as unknown,
      }) as unknown,
    }),
  )
})

test('an incident whose trials were disturbed is no answer: the disturbance is the evidence', () => {
  const disturbed = measured(() => ({ invalid: ['other processes took 60 % of the CPUs'] }))
  expect(() => proofOfIncident(disturbed, 1)).toThrow(
    expect.objectContaining({
      message: 'The lab cannot tell whether the incident occurred',
      exit: 'inconclusive',
      details: expect.objectContaining({
        evidence: expect.arrayContaining(['incident: other processes took 60 % of the CPUs']) as unknown,
      }) as unknown,
    }),
  )
})
