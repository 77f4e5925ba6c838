// The run of all six as a whole, as `make lab` does it: what each scenario showed is in the file of its kind.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { readRun, root, runOfAll } from './support.ts'

test('every arm of all six is as expected, and the cluster is as it was', async () => {
  const { exitCode, said, nodesBefore, nodesAfter } = await runOfAll()
  expect(exitCode, said).toBe(0)
  expect(nodesAfter, 'nothing is left on a node, in the cluster or on the host').toEqual(nodesBefore)
})

test('its run.json keeps the contract', async () => {
  const { out } = await runOfAll()
  const schema = JSON.parse(await readFile(join(root, 'reports/run.schema.json'), 'utf8')) as object
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  expect([validate(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))), validate.errors]).toEqual([true, null])
})

test('it knows at all times what it was busy with', async () => {
  const { phases } = await readRun((await runOfAll()).out)
  let known = 0
  for (const { phase, fromMs, toMs } of phases.toSorted((a, b) => a.fromMs - b.fromMs)) {
    expect(fromMs - known, `what it did before ${phase} at ${fromMs} ms`).toBeLessThan(20_000)
    known = Math.max(known, toMs)
  }
})

test('the page shows all of it without JavaScript, on a phone, and asks nobody for anything', async () => {
  const { out } = await runOfAll()
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
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
