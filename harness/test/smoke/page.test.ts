// The pages of the run, in a real browser. Where there is none this file is left out: see vitest.config.ts.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { findChromium } from '../browser.ts'
import { quickRunOf, readRun, runOfAll } from '../cluster/support.ts'

test('the pages show all of it without JavaScript, on a phone, without any request', async () => {
  const { out } = await runOfAll()
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage()
    const requested: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    const shown = async (file: string): Promise<string> => {
      requested.length = 0
      await page.goto(`file://${join(out, file)}`)
      expect(requested).toEqual([`file://${join(out, file)}`])
      expect((await page.locator('body').boundingBox())?.width).toBeLessThanOrEqual(390)
      return page.locator('body').innerText()
    }
    const index = await shown('report.html')
    expect(await page.locator('h1').first().innerText()).toMatch(/as expected|inconclusive/i)
    expect(index).toMatch(/what fixes it/i)
    expect(await page.locator('.overview a').count()).toBe((await readRun(out)).scenarios.length)
    expect(await shown('cpu-limit-throttling.html')).toMatch(/Throttling and latency/i)
    const { scenarios } = await quickRunOf('cpu-limit-throttling')
    expect(await page.locator('svg:visible').count(), 'a picture for each arm').toBeGreaterThanOrEqual(
      scenarios[0]?.arms.length ?? NaN,
    )
    expect(await shown('missing-priority-class.html')).toMatch(/What happened, when/i)
  } finally {
    await browser.close()
  }
})
