// The page of the run of all six, in a real browser. Where there is none this file is left out: see vitest.config.ts.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { findChromium } from '../browser.ts'
import { runOfAll } from './support.ts'

test('the page shows all of it without JavaScript, on a phone, and asks nobody for anything', async () => {
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
    const path = join(out, 'report.html')
    await page.goto(`file://${path}`)
    expect(requested).toEqual([`file://${path}`])
    expect(await page.locator('h1').first().innerText()).toMatch(/as expected|reproduced/i)
    expect(await page.locator('svg:visible').count()).toBeGreaterThanOrEqual(7)
    const shown = await page.locator('body').innerText()
    for (const heading of ['Throttling and latency', 'What happened, when']) expect(shown).toMatch(new RegExp(heading, 'i'))
    expect((await page.locator('body').boundingBox())?.width).toBeLessThanOrEqual(390)
  } finally {
    await browser.close()
  }
})
