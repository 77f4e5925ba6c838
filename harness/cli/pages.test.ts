// The pages of `lab trend` and `lab diff`: whole, drawn, and safe whatever a run says.
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { diffRuns } from '../diff/diff-runs.ts'
import { trendOf } from '../diff/trend.ts'
import { hotPod, later, twelveDays } from '../test/fixtures/accepted-runs.ts'
import { diffPage } from './diff/page.ts'
import { trendPage } from './trend/page.ts'

const parsed = (text: string) => parseHTML(text).document
const loads =
  'script, iframe, object, embed, link, img, image, video, audio, source, base, form, [src], [srcset], [onerror], [onload]'
const hostile = '<script>alert(1)</script>"><img src=x>'

const days = twelveDays(hostile)
const trend = trendOf(days)

test('a trend is a page with a drawing for each metric, what changed first', () => {
  const document = parsed(trendPage(trend))
  const captions = [...document.querySelectorAll('figcaption')].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' '))
  expect(captions).toHaveLength(trend.metrics.length)
  expect(captions[0]).toMatch(/incident, latency_p99 ?✗ ?worse ?http2-hot-pod; worse by \+\d+\s% since 7 November 2026/)
  expect(document.querySelector('table')?.textContent).toContain('fixed, no effect since 9 November 2026')
  expect(document.querySelectorAll('figure svg')).toHaveLength(trend.metrics.length)
  expect(document.querySelector('svg desc')?.textContent).toContain('since 7 November 2026')
  expect(trendPage(trend)).not.toMatch(/NaN|Infinity/)
})

test('a comparison is a page with the answer as its title and a row for each change', () => {
  const document = parsed(diffPage(diffRuns(days.slice(0, 8), later(days.at(-1) ?? hotPod))))
  expect(document.querySelector('h1')?.textContent).toBe('Regressed: http2-hot-pod (l7-proxy).')
  expect([...document.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)[0]).toContain(
    `fixedno effect${hostile}`,
  )
})

test('the pages load nothing, run nothing, and escape what a run says', () => {
  for (const page of [trendPage(trend), diffPage(diffRuns(days.slice(0, 8), later(days.at(-1) ?? hotPod)))]) {
    expect([...parsed(page).querySelectorAll(loads)].map(String)).toEqual([])
    expect(page).not.toContain('<script')
    expect(page).toMatch(/^<!doctype html>/)
  }
})
