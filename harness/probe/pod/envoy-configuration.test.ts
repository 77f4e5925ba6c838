import { expect, test } from 'vitest'
import { serving } from '../../test/fixtures/small-api-server.ts'
import { trialOf } from '../../test/fixtures/trials.ts'
import type { ProbeContext } from '../kit/probe.ts'
import { configurationIn, probe } from './envoy-configuration.ts'

const text = `# TYPE envoy_listener_manager_lds_update_success counter
envoy_listener_manager_lds_update_success{} 4
envoy_listener_manager_lds_update_rejected{} 1
envoy_cluster_manager_cds_update_success{} 3
envoy_cluster_manager_cds_update_rejected{} 0
envoy_cluster_manager_active_clusters{} 20
envoy_listener_manager_total_listeners_active{} 13
envoy_listener_manager_total_listeners_warming{} 2`

test('listeners and clusters in force, and updates of both, are read from what Envoy reports to Prometheus', () => {
  expect(configurationIn(text)).toEqual({ listeners: 13, clusters: 20, accepted: 7, refused: 1 })
  expect(configurationIn(text.replaceAll('{}', '')), 'with or without a list of labels').toMatchObject({
    listeners: 13,
    refused: 1,
  })
})

test('what Envoy does not report is no number', () => {
  expect(configurationIn('').listeners).toBeNaN()
})

test('an Envoy that does not report is named with its port and what it answered: nothing is taken for no refusal', async () => {
  const status = { phase: 'Running', containerStatuses: [{ name: 'envoy' }] }
  const kube = await serving({ '/api/v1/namespaces/arm/pods': { items: [{ metadata: { name: 'proxy-0' }, status }] } })
  const context = { kube, namespace: 'arm', addOns: [] as readonly string[] } as ProbeContext
  const started = await probe.start(context, { envoys: [{ pods: 'app=proxy', port: 9901 }] })
  const { load, host } = trialOf('control')
  await expect(started.end({ load, host, timeline: null, change: null })).rejects.toMatchObject({
    message: 'The Envoy of proxy-0 does not report its statistics on port 9901',
    exit: 'unexpected',
    details: { why: '404 the server could not find the requested resource' },
  })
})
