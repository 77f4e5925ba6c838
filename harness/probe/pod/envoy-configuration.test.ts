import { expect, test } from 'vitest'
import { configurationIn } from './envoy-configuration.ts'

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
