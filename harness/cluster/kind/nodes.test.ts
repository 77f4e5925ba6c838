import { expect, test } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { nodeContainers } from './nodes.ts'

test('a process of a node is known by its cgroups, one of another container is not', async () => {
  const id = 'b63146f7fd2e48425f83c636a969e2474ebec2a877c0844952740786f4d052b4'
  await fakeProgram('docker', `printf 'incident-lab-worker\\tworker\\trunning\\t${id}\\t2026-11-26 15:55:12 +0000 UTC\\n'`)
  const isOfNode = await nodeContainers()
  expect(isOfNode(`1:cpu:/docker/${id}/kubelet.slice\n0::/`)).toBe(true)
  expect(isOfNode(`0::/system.slice/docker-${id}.scope/init.scope`)).toBe(true)
  expect(isOfNode(`0::/system.slice/docker-${id.toUpperCase()}.scope`)).toBe(false)
})
