import { afterEach, expect, test, vi } from 'vitest'
import { findChromium } from './browser.ts'

afterEach(() => vi.unstubAllEnvs())

test('a browser that is named is taken, else the first that is there, else none', () => {
  vi.stubEnv('CHROMIUM_PATH', '/opt/chromium')
  expect(findChromium([process.execPath])).toBe('/opt/chromium')
  vi.stubEnv('CHROMIUM_PATH', undefined)
  expect(findChromium(['/nonexistent', process.execPath])).toBe(process.execPath)
  expect(findChromium(['/nonexistent'])).toBeUndefined()
})
