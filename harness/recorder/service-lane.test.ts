import type { V1EndpointSlice } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { serviceOf, serviceState } from './service-lane.ts'

const slice = (...ready: readonly (boolean | undefined)[]): V1EndpointSlice => ({
  addressType: 'IPv4',
  endpoints: ready.map((each) => ({ addresses: [], conditions: each === undefined ? {} : { ready: each } })),
})

test('a Service is served while any of its slices has a ready endpoint, and all of them are counted', () => {
  expect(serviceState([slice(false), slice(true, false, true)])).toEqual({ state: 'served', text: '2 ready endpoints' })
  expect(serviceState([slice(false, true), slice()])).toEqual({ state: 'served', text: '1 ready endpoint' })
})

test('a Service without slices, with empty ones, or with endpoints of which none is ready is unserved', () => {
  for (const slices of [[], [slice()], [{ addressType: 'IPv4', endpoints: undefined as never }], [slice(false), slice(false)]])
    expect(serviceState(slices)).toEqual({ state: 'unserved', text: '0 ready endpoints' })
})

test('an endpoint that does not say whether it is ready counts as ready, as the API has it', () => {
  expect(serviceState([slice(undefined)]).state).toBe('served')
})

test('a slice belongs to the Service its label names, not to its own name', () => {
  const metadata = { name: 'critical-x7k2p', labels: { 'kubernetes.io/service-name': 'critical' } }
  expect(serviceOf({ ...slice(), metadata })).toBe('critical')
  expect(serviceOf(slice())).toBe('')
})
