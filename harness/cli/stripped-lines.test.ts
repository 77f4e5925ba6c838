import { expect, test } from 'vitest'
import { strippedLines } from './stripped-lines.ts'

const now = Date.parse('2026-11-23T12:01:00.000Z')
const stuck = {
  pod: 'orders-0',
  deletedAt: '2026-11-23T12:00:00.000Z',
  address: '10.244.1.2',
  removed: ['example.com/record'],
  left: [],
}

test('each pod is shown with its removed finalizers, and that their clean-up is skipped', () => {
  expect(strippedLines('shop', { stripped: [stuck], leftAlone: [] }, false, now)).toEqual([
    '1 pod of shop in Terminating because of a finalizer',
    '  orders-0  deleted 60 s ago  10.244.1.2  example.com/record',
    'removed; the clean-up that these finalizers protect was skipped for these pods',
  ])
})

test('a dry run says that nothing was changed', () => {
  expect(strippedLines('shop', { stripped: [stuck], leftAlone: [] }, true, now).at(-1)).toBe('nothing was changed (--dry-run)')
})

test('unchanged pods are shown with the reason, also when nothing is stuck', () => {
  expect(
    strippedLines('shop', { stripped: [], leftAlone: [{ pod: 'orders-1', why: 'it was not deleted' }] }, false, now),
  ).toEqual(['no pod of shop hangs in Terminating because of a finalizer', 'unchanged', '  orders-1  it was not deleted'])
})
