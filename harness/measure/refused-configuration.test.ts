import { once } from 'node:events'
import { expect, test } from 'vitest'
import { serving } from '../test/fixtures/small-api-server.ts'
import { refusals, unlessRefused } from './refused-configuration.ts'

const ofSidecar =
  "2026-11-25T01:50:28.473904Z\twarning\tenvoy config source/extensions/config_subscription/grpc/grpc_subscription_impl.cc:160\tgRPC config for type.googleapis.com/envoy.config.listener.v3.Listener rejected: Error adding/updating listener(s) 0.0.0.0_15014: Didn't find a registered implementation for 'only-elsewhere'\tthread=13\n"
const ofProxy =
  '[2026-11-25 01:50:28.473][1][warning][config] [source/extensions/config_subscription/grpc/grpc_subscription_impl.cc:138] gRPC config for type.googleapis.com/envoy.config.cluster.v3.Cluster rejected: Error adding/updating cluster(s) shop/server/9000/da39a3ee5e: unknown\n'

test('a refusal is reported with the kind of resource, its name and the reason, each once', () => {
  expect(refusals(`${ofSidecar}${ofSidecar}something else\n${ofProxy}`)).toEqual([
    "Listener: Error adding/updating listener(s) 0.0.0.0_15014: Didn't find a registered implementation for 'only-elsewhere'",
    'Cluster: Error adding/updating cluster(s) shop/server/9000/da39a3ee5e: unknown',
  ])
})

test('an Envoy that took everything refused nothing', () => {
  expect(refusals('2026-11-25T01:50:55Z\tinfo\tEnvoy proxy is ready\n')).toEqual([])
})

test('a wait ends at once with what an Envoy refused, although the Deployment it waits for is never ready', async () => {
  const pods = [
    { metadata: { name: 'server-0' }, spec: { containers: [{ name: 'server' }] } },
    { metadata: { name: 'gateway-0' }, spec: { containers: [{ name: 'shutdown' }, { name: 'envoy' }] } },
  ]
  const kube = await serving({
    '/api/v1/namespaces/ingress/pods': { items: pods },
    '/api/v1/namespaces/ingress/pods/gateway-0/log': `${ofProxy}${ofSidecar}`,
  })
  const never = (signal: AbortSignal) => once(signal, 'abort')
  await expect(unlessRefused(kube, ['ingress'], new AbortController().signal, never)).rejects.toMatchObject({
    message: 'The Envoy of gateway-0 in ingress refuses its configuration',
    exit: 'unexpected',
    details: {
      why: 'Cluster: Error adding/updating cluster(s) shop/server/9000/da39a3ee5e: unknown',
      evidence: [expect.stringMatching(/^Listener: /)],
    },
  })
})
