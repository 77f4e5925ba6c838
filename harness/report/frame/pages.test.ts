import { expect, test } from 'vitest'
import { pageFiles, pageName } from './pages.ts'

test('a page has the name of its scenario, which is never a path nor the name of another file of the report', () => {
  expect(pageName({ slug: 'http2-hot-pod' })).toBe('http2-hot-pod')
  expect(pageName({ slug: 'report' })).toBe('report-page')
  expect(pageName({ slug: 'Summary' })).toBe('Summary-page')
  expect(pageName({ slug: '../../etc/passwd' })).toBe('-etc-passwd')
  expect(pageName({ slug: '' })).toBe('-page')
  expect(pageName({ slug: 'x'.repeat(5000) }).length).toBeLessThan(200)
})

test('only a run of several scenarios has pages beside its index', () => {
  expect(pageFiles([{ slug: 'a' }], 'html')).toEqual([])
  expect(pageFiles([{ slug: 'a' }, { slug: 'b' }], 'md')).toEqual(['a.md', 'b.md'])
})
