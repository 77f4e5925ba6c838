// Takes the README's pictures from accepted runs, in Chromium: npm run pictures. docs/pictures.json says which run each is of.
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { findChromium } from '../harness/test/browser.ts'

const accepted = resolve(import.meta.dirname, '../reports/accepted')

type Area = { x: number; y: number; width: number; height: number }

/** From the top of the page to the end of its first row of panels. */
const firstScreens = async (page: Page): Promise<Area> => {
  const { y, height } = await box(page, 'figure >> nth=0')
  return { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: y + height }
}

const margin = 12

/** The incident's panel without the events below it. */
const incident = async (page: Page): Promise<Area> => {
  const figure = 'figure:has(:is(h2, h3, h4):has-text("incident")) >> nth=0'
  const [all, drawing] = [await box(page, figure), await box(page, `${figure} >> svg >> nth=0`)]
  return {
    x: all.x - margin,
    y: all.y - margin,
    width: all.width + 2 * margin,
    height: drawing.y + drawing.height - all.y + 2 * margin,
  }
}

const box = async (page: Page, selector: string): Promise<Area> => {
  const found = await page.locator(selector).boundingBox()
  if (!found) throw new Error(`the page has no ${selector}`)
  return found
}

const pictures = [
  { file: 'report.png', slug: 'http2-hot-pod', area: firstScreens },
  { file: 'timeline.png', slug: 'log-flood-disk-pressure', area: incident },
  { file: 'values.png', slug: 'stale-configmap', area: incident },
] as const

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
const of: Record<string, unknown> = {}
for (const { file, slug, area } of pictures) {
  const page = await browser.newPage({ viewport: { width: 1120, height: 800 }, colorScheme: 'light' })
  await page.goto(`file://${join(accepted, slug, 'report.html')}`)
  await page.screenshot({ path: join(import.meta.dirname, file), fullPage: true, clip: await area(page) })
  const { startedAt, seed } = JSON.parse(await readFile(join(accepted, slug, 'run.json'), 'utf8')) as Record<string, unknown>
  of[file] = { slug, startedAt, seed }
}
await browser.close()
await writeFile(join(import.meta.dirname, 'pictures.json'), `${JSON.stringify(of, undefined, 2)}\n`)
