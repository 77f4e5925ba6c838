// The learner's changes are listed field by field, without the lab's own changes.
import { expect, test } from 'vitest'
import { changesIn, withOwnChanges } from './objects.ts'

const deployment = (replicas: number, image = 'a') => ({ spec: { replicas, containers: [{ name: 'server', image }] } })

test('a changed object is listed with each field, before and after; an unchanged one is not', () => {
  const before = new Map<string, unknown>([
    ['Deployment/server', deployment(3)],
    ['Service/server', { spec: {} }],
  ])
  const after = new Map<string, unknown>([
    ['Deployment/server', deployment(5, 'b')],
    ['Service/server', { spec: {} }],
  ])
  expect(changesIn(before, after)).toEqual([
    'changed Deployment/server',
    '  spec.replicas: 3 → 5',
    '  spec.containers.0.image: "a" → "b"',
  ])
})

test('created and deleted objects are listed by name', () => {
  expect(changesIn(new Map<string, unknown>([['Service/old', {}]]), new Map<string, unknown>([['Service/new', {}]]))).toEqual([
    'made Service/new',
    'deleted Service/old',
  ])
})

test('what the lab changed during a check is no change of the learner’s, and what the learner changed before stays one', () => {
  const before = new Map<string, unknown>([
    ['ConfigMap/database', { data: { host: 'blue' } }],
    ['Deployment/shop', deployment(1)],
  ])
  const learner = new Map(before).set('Deployment/shop', deployment(2))
  const afterCheck = new Map(learner).set('ConfigMap/database', { data: { host: 'green' } }).set('Pod/newcomer', {})
  const known = withOwnChanges(before, learner, afterCheck)
  expect(changesIn(known, afterCheck)).toEqual(['changed Deployment/shop', '  spec.replicas: 1 → 2'])
})
