import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { shapePath } from './paths.ts'
import { withWorkers } from './shape.ts'

const rolesOf = (yaml: string): string[] => (parse(yaml) as { nodes: { role: string }[] }).nodes.map(({ role }) => role)

test.each([1, 3, 8])("the lab's shape can have %i workers, and keeps its control plane first", async (workers) => {
  const yaml = withWorkers(await readFile(shapePath('lab'), 'utf8'), workers)
  expect(rolesOf(yaml)).toEqual(['control-plane', ...Array<string>(workers).fill('worker')])
})

test('further workers are like the last one, and everything else of the shape stays', () => {
  const yaml =
    'kind: Cluster\nnetworking: {ipFamily: ipv4}\nnodes:\n- role: worker\n- {role: worker, labels: {zone: b}}\n- role: control-plane\n'
  expect(parse(withWorkers(yaml, 3))).toEqual({
    kind: 'Cluster',
    networking: { ipFamily: 'ipv4' },
    nodes: [
      { role: 'control-plane' },
      { role: 'worker' },
      { role: 'worker', labels: { zone: 'b' } },
      { role: 'worker', labels: { zone: 'b' } },
    ],
  })
})

test('a shape without workers stays as it is', () => {
  expect(withWorkers('kind: Cluster\n', 3)).toBe('kind: Cluster\n')
})
