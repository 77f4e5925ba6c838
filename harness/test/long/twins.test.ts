// Two arms that are the same, while every start of the service draws a cost of its own: deployments differ, arms do not.
import { sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { leaveOut } from '../cluster/noise.ts'
import { armOf, changedScenario, lab, measured, readRun, temporaryFolder } from '../cluster/support.ts'

/** From 43 to 47 ms: a standard deviation of 3 %. */
const drawn = 'command: [bash, -c, "export CPU_MS_PER_REQUEST=$((43 + RANDOM % 5)); exec node /lab/http-server.js"]'

test('arms that are the same are called neither better nor worse, although their p50 differs by 3 to 4 % from deployment to deployment', async (context) => {
  const out = await temporaryFolder()
  const LAB_SCENARIOS = await changedScenario(
    'cpu-limit-throttling',
    { 'manifests/server.yaml': [['args: [/lab/http-server.js]', drawn]] },
    'own',
  )
  const words = ['run', 'cpu-limit-throttling', '--quick', '--blocks', '8', '--arm', 'remove-limit', '--out', out]
  const { exitCode, all } = await lab(words, { LAB_SCENARIOS })
  expect(measured, all).toContain(exitCode)
  const run = await readRun(out)
  const { verdict, comparisons } = armOf(run, 'remove-limit')
  expect(['fixed', 'inconclusive']).toContain(verdict)
  const withControl = comparisons.filter((each) => each.with === 'control' && each.metric.startsWith('latency'))
  if (withControl.length === 0) leaveOut(context, 'the machine was too busy: no block has a valid trial of both')
  for (const { metric, answer } of withControl) expect(['equivalent', 'inconclusive'], metric).toContain(answer)
  const p50 = (armOf(run, 'control').metrics['latency_p50']?.blocks ?? []).map(({ value }) => Math.log(value))
  expect(sampleStandardDeviation(p50), 'deployments differ').toBeGreaterThan(0.01)
})
