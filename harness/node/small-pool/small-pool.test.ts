import { expect, test } from 'vitest'
import type { NodeAccess } from '../kubelet.ts'
import { freeRange, makePoolSmall } from './small-pool.ts'

test('a pool is the first addresses that lie together and are free', () => {
  expect(freeRange('10.244.1.0/24', [], 24)).toEqual({ rangeStart: '10.244.1.2', rangeEnd: '10.244.1.25' })
  expect(freeRange('10.244.1.0/24', ['10.244.1.3', '10.244.1.20', 'last_reserved_ip.0', 'lock'], 24)).toEqual({
    rangeStart: '10.244.1.21',
    rangeEnd: '10.244.1.44',
  })
})

test('the last address of a network is not its broadcast address', () => {
  expect(freeRange('10.244.1.0/24', ['10.244.1.154'], 100)).toEqual({ rangeStart: '10.244.1.2', rangeEnd: '10.244.1.101' })
  expect(() => freeRange('10.244.1.0/24', ['10.244.1.100', '10.244.1.160', '10.244.1.200'], 100)).toThrow(
    /no 100 contiguous free addresses/,
  )
})

test('a network smaller than a /24 is refused', () => {
  expect(() => freeRange('10.244.1.0/27', [], 24)).toThrow(/no 24 contiguous free addresses/)
})

test('a node whose network is not of host-local has no pool that the lab could shrink, and its plugin is named', async () => {
  const conflist = { name: 'k8s-pod-network', plugins: [{ type: 'calico', ipam: { type: 'calico-ipam' } }] }
  const shell = { run: async () => `${JSON.stringify(conflist)}\n\nstatus 0`, close: () => {} }
  const node = { name: 'lab-worker', shell } as unknown as NodeAccess
  await expect(makePoolSmall(node, { fields: {}, flags: {} }, 24)).rejects.toMatchObject({
    message: 'The pool of addresses cannot be made small',
    exit: 'cannotRun',
    details: { why: expect.stringMatching(/lab-worker uses calico-ipam$/) as unknown },
  })
})
