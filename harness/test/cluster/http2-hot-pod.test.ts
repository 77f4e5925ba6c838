// The scenario as a user runs it, and the three ways in which the lab has to say that it is not as it should be.
import { expect, test } from 'vitest'
import {
  armOf,
  changedScenario,
  expectVerdicts,
  lab,
  quickRunOf,
  readRun,
  skipIfHostWasBusy,
  temporaryFolder,
} from './support.ts'

test('http2-hot-pod: one pod gets every request; a proxy and balancing in the client repair it, and the rest does not', async ({
  skip,
}) => {
  const run = await quickRunOf('http2-hot-pod')
  skipIfHostWasBusy(run, skip)
  expectVerdicts(run, {
    incident: 'reproduced',
    'l7-proxy': 'fixed',
    'client-side': 'fixed',
    'max-connection-age': 'mitigated',
    'more-replicas': 'no-effect',
  })
  expect(armOf(run, 'incident').kind).toBe('incident')
  expect(armOf(run, 'incident').metrics.top_share?.value).toBeGreaterThanOrEqual(0.95)
  for (const fix of ['l7-proxy', 'client-side'])
    expect(armOf(run, fix).metrics.effective_pods?.value).toBeGreaterThanOrEqual(0.9 * 3)
  expect(armOf(run, 'more-replicas').metrics.pods?.value, 'the remedy was applied').toBe(6)
  expect(armOf(run, 'more-replicas').metrics.requests_to_added_pods?.value).toBe(0)
  expect(Object.keys(armOf(run, 'l7-proxy').metrics)).toEqual(
    expect.arrayContaining([
      'effective_pods',
      'top_share',
      'top_share_per_second_median',
      'latency_p50',
      'latency_p99',
      'requests',
      'failed_requests',
      'achieved_rate_ratio',
      'send_lag_p99',
      'proxy_cpu_millicores',
      'proxy_memory_mib',
    ]),
  )
})

test('a remedy that changes nothing is judged no-effect, and the run exits 1', async ({ skip }) => {
  const changes = {
    'scenario.ts': [["difference: 'remedies/client-side.yaml'", "difference: 'remedies/nothing.yaml'"]],
    'remedies/nothing.yaml': [['', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-good-intention\n']],
  } as const
  const folder = await changedScenario('http2-hot-pod', changes, 'own')
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'client-side', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  const run = await readRun(out)
  skipIfHostWasBusy(run, skip)
  expect(exitCode, all).toBe(1)
  expectVerdicts(run, { 'client-side': 'no-effect' })
  expect(armOf(run, 'client-side')).toMatchObject({ expected: 'fixed', asExpected: false })
})

test('an incident arm without the fault is not reproduced, and the run exits 1', async ({ skip }) => {
  const changes = {
    'manifests/client.yaml': [['--target server:9000 --connections 1', '--target server:9000 --connections 30']],
  } as const
  const folder = await changedScenario('http2-hot-pod', changes, 'own')
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  const run = await readRun(out)
  skipIfHostWasBusy(run, skip)
  expect(exitCode, all).toBe(1)
  expectVerdicts(run, { incident: 'not-reproduced' })
  expect(armOf(run, 'incident').reason).toContain('connected pods')
})

test('an overloaded generator makes the run inconclusive, and it exits 4', async () => {
  const folder = await changedScenario('http2-hot-pod', { 'scenario.ts': [['rateRps: 120', 'rateRps: 10_000']] })
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  expect(exitCode, all).toBe(4)
  const run = await readRun(out)
  expectVerdicts(run, { control: 'inconclusive' })
  expect(armOf(run, 'control').reason).toContain('the generator sent')
})
