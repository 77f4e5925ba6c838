// The scenario as a user runs it.
import { expect, test } from 'vitest'
import { skipIfHostWasBusy } from './noise.ts'
import { armOf, expectVerdicts, quickRunOf } from './support.ts'

test('http2-hot-pod: one pod gets every request; a proxy and balancing in the client repair it, and the rest does not', async (context) => {
  const run = await quickRunOf('http2-hot-pod')
  skipIfHostWasBusy(run, context)
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
