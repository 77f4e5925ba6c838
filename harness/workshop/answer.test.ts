import { expect, test } from 'vitest'
import type { Run } from '../model/run.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { busyRun } from '../test/fixtures/report/other-runs.ts'
import { answerOf } from './answer.ts'
import { learnerArm } from './staged.ts'

/** The run, with the arm of its fix as the learner's. */
const checked = (run: Run): Run => ({
  ...run,
  scenarios: run.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.map((arm) => (arm.name === 'l7-proxy' ? { ...arm, name: learnerArm } : arm)),
  })),
})

test('a check answers with the verdict of the learner’s arm and its reason', () => {
  expect(answerOf(checked(exampleRun()))).toMatchObject({
    verdict: 'fixed',
    reason: expect.stringMatching(/^effective pods/) as unknown,
  })
})

test('on a busy machine the reason says what took its CPU time: the arm alone would refer to control', () => {
  expect(answerOf(checked(busyRun()))).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/^The machine was too busy for a verdict: .*chromium \(4711 and 5 more\) 42 %/) as unknown,
  })
})
