// Takes the README's pictures in Chromium: npm run pictures. They are of accepted runs, docs/pictures.json says which, and of the record of an exercise.
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { debriefPage } from '../harness/cli/workshop/debrief-page.ts'
import { readRun } from '../harness/judge/read-run.ts'
import { eventsOf } from '../harness/live/events-of.ts'
import type { Feed } from '../harness/live/feed.ts'
import { livePage } from '../harness/live/page.ts'
import { serve } from '../harness/live/server.ts'
import { findChromium } from '../harness/test/browser.ts'
import { readRecord } from '../harness/workshop/record.ts'

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

/** A live page as it was when the incident had played for a while, the first time. */
const serveLive = async (slug: string) => {
  const events = eventsOf(await readRun(join(accepted, slug, 'run.json')))
  const begun = events.findIndex((event) => event.type === 'trial-begins' && event.arm === 'incident')
  const over = events.findIndex(({ type }, id) => id > begun && type === 'trial-ends')
  const shown = events.slice(0, over - 3)
  const feed: Feed = async function* ({ after }, signal) {
    for (const [id, event] of shown.entries()) if (id > after) yield { id, event }
    await once(signal, 'abort')
  }
  return serve(livePage(null), feed, { port: 0 })
}

/** From the top of the page to the end of this part. */
const upTo =
  (selector: string) =>
  async (page: Page): Promise<Area> => {
    await page.waitForTimeout(1500) // a live page draws ten times a second
    const { y, height } = await box(page, selector)
    return { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: y + height + margin }
  }

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
const of: Record<string, unknown> = {}

const take = async (file: string, url: string, area: (page: Page) => Promise<Area>): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1120, height: 800 }, colorScheme: 'light' })
  await page.goto(url)
  const clip = await area(page)
  await page.screenshot({ path: join(import.meta.dirname, file), fullPage: true, clip })
}

/** Whose picture it is. */
const note = async (file: string, slug: string): Promise<void> => {
  const { startedAt, seed } = JSON.parse(await readFile(join(accepted, slug, 'run.json'), 'utf8')) as Record<string, unknown>
  of[file] = { slug, startedAt, seed }
}

for (const { file, slug, area } of pictures) {
  await take(file, `file://${join(accepted, slug, 'report.html')}`, area)
  await note(file, slug)
}

const live = await serveLive('http2-hot-pod')
await take('live.png', live.address, upTo('#verdicts'))
await note('live.png', 'http2-hot-pod')
await live.close()

const folder = await mkdtemp(join(tmpdir(), 'lab-pictures-'))
const debriefing = join(folder, 'debriefing.html')
await writeFile(debriefing, debriefPage(await readRecord(join(import.meta.dirname, 'exercise'))))
await take('debriefing.png', `file://${debriefing}`, upTo('#client'))
await rm(folder, { recursive: true })

await browser.close()
await writeFile(join(import.meta.dirname, 'pictures.json'), `${JSON.stringify(of, undefined, 2)}\n`)
