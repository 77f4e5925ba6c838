import { expect, test } from 'vitest'
import { mergeObjects } from './merge.ts'

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'server' },
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          {
            name: 'server',
            image: 'x',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
            args: ['one', 'two'],
          },
          { name: 'other', image: 'y' },
        ],
      },
    },
  },
}

const difference = (spec: unknown) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server' }, spec })

const firstContainer = (spec: unknown) => {
  const [merged] = mergeObjects([deployment], [difference(spec)]) as unknown as [typeof deployment]
  return merged.spec.template.spec.containers[0]
}

test('a field that is null goes', () => {
  const [merged] = mergeObjects([deployment], [difference({ replicas: null })]) as unknown as [typeof deployment]
  expect('replicas' in merged.spec).toBe(false)
  expect(merged.spec.template).toEqual(deployment.spec.template)
})

test('a field that is named changes, all others stay', () => {
  const [merged] = mergeObjects([deployment], [difference({ replicas: 6 })])
  expect(merged).toEqual({ ...deployment, spec: { ...deployment.spec, replicas: 6 } })
})

test('containers and their environment merge by name', () => {
  const container = firstContainer({
    template: {
      spec: {
        containers: [
          {
            name: 'server',
            env: [
              { name: 'B', value: '3' },
              { name: 'C', value: '4' },
            ],
          },
        ],
      },
    },
  })
  expect(container).toEqual({
    name: 'server',
    image: 'x',
    args: ['one', 'two'],
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ],
  })
})

test('a list of plain values is replaced', () => {
  expect(firstContainer({ template: { spec: { containers: [{ name: 'server', args: ['three'] }] } } })?.args).toEqual(['three'])
})

test('an object the base does not have is added', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'server' } }
  expect(mergeObjects([deployment], [service])).toEqual([deployment, service])
})

test('the base is not changed', () => {
  const before = structuredClone(deployment)
  mergeObjects([deployment], [difference({ replicas: 9 })])
  expect(deployment).toEqual(before)
})
