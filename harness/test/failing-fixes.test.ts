import { expect, test } from 'vitest'
import { judgeScenario, measuredOf } from '../judge/judge-run.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { allAccepted } from './fixtures/accepted-runs.ts'
import { withCurrentRules } from './fixtures/with-current-rules.ts'

const steady = (await loadScenarios()).filter(({ scenario }) => scenario.trial.kind === 'steady')

test.each(steady)(
  '$scenario.slug: a fix of which 60 % of the requests fail is not fixed, and such a control is not healthy',
  async ({ scenario }) => {
    const runs = (await allAccepted()).map(measuredOf)
    const [run] = runs.filter(({ scenarios }) => scenarios.some(({ slug }) => slug === scenario.slug))
    if (!run) throw new Error(`there is no accepted run of ${scenario.slug}`)
    const measured = await withCurrentRules(run, scenario)
    const ofRun = { seed: null, steadyArms: measured.arms.length }
    const failing = (arm: string) => ({
      ...measured,
      trials: measured.trials.map((trial) =>
        trial.arm === arm
          ? { ...trial, metrics: { ...trial.metrics, failed_requests: Math.ceil((trial.metrics.requests ?? 0) * 0.6) } }
          : trial,
      ),
    })
    const verdictWith = async (arm: string) => {
      const judged = failing(arm)
      const arms = judged.arms.filter(({ name, kind }) => name === arm || kind === 'control' || kind === 'incident') // others decide nothing
      return (await judgeScenario({ ...judged, arms }, ofRun)).arms.find(({ name }) => name === arm)?.verdict
    }
    for (const { name, kind } of measured.arms.filter((arm) => arm.kind === 'fix' || arm.kind === 'control'))
      expect([name, await verdictWith(name)]).not.toEqual([name, kind === 'fix' ? 'fixed' : 'healthy'])
    const judged = await judgeScenario(failing('none'), ofRun)
    expect(judged.arms.map(({ name, verdict }) => [name, verdict])).toEqual(
      judged.arms.map(({ name, expected }) => [name, expected]),
    )
  },
)
