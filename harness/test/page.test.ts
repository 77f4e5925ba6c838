// The report in a real browser, on a desk and on a phone: a reader who cannot see it, or has a small screen, can read it. Where there is no browser this file is left out: see vitest.config.ts.
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diffPage } from '../cli/diff/page.ts'
import { trendPage } from '../cli/trend/page.ts'
import { debriefPage } from '../cli/workshop/debrief-page.ts'
import { diffRuns } from '../diff/diff-runs.ts'
import { trendOf } from '../diff/trend.ts'
import { html } from '../report/format/html.ts'
import { coloursOf, launchChromium, violationsOf } from './fixtures/chromium.ts'
import { hotPod, later, twelveDays } from './fixtures/accepted-runs.ts'
import { exerciseRecord } from './fixtures/exercise-record.ts'
import { episodeRun } from './fixtures/report/episode-run.ts'
import { twoScenarioRun } from './fixtures/report/other-runs.ts'

/** Steady load and episodes, a surprise and a scenario that was skipped. */
const run = { ...episodeRun(), scenarios: [...twoScenarioRun().scenarios, ...episodeRun().scenarios] }
const files = html(run).map(({ file }) => file)

/** Pages that are not of a run. */
const days = twelveDays('the proxy does nothing')
const others = {
  'debriefing.html': () => debriefPage(exerciseRecord()),
  'trend.html': () => trendPage(trendOf(days)),
  'diff.html': () => diffPage(diffRuns(days.slice(0, 8), later(days.at(-1) ?? hotPod))),
}

const accepted = resolve(import.meta.dirname, '../../reports/accepted')

let folder = ''
let browser: Browser
/** For all tests: another one takes a process and seconds. */
let page: Page
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'))
  for (const { file, text } of html(run)) await writeFile(join(folder, file), text)
  for (const [file, write] of Object.entries(others)) await writeFile(join(folder, file), write())
  browser = await launchChromium()
  page = await browser.newPage({ bypassCSP: true }) // the page's own policy allows no script, axe's neither
}, 60_000)
afterAll(() => browser.close())

const open = async (file: string, width: number, colorScheme: 'light' | 'dark', media: 'screen' | 'print' = 'screen') => {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme, media })
  await page.goto(`file://${file}`)
}

test.each([...files, ...Object.keys(others)])(
  '%s at 1440 and at 390 px: axe finds nothing, and the page is no wider than the screen, with all of it unfolded, too',
  async (file) => {
    await open(join(folder, file), 1440, 'light')
    const known: (string | null)[] = []
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await fold(true)
      const colours = await coloursOf(page)
      const areKnown = colours.every((each, index) => each === null || each === known[index]) // at another width
      known.push(...colours)
      expect(await violationsOf(page, areKnown ? 'all but colours' : 'all'), `${width} px`).toEqual([])
      await fold(false)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  },
  60_000,
)

/** As the page comes they are folded. */
const fold = (folded: boolean): Promise<unknown> =>
  page.evaluate(`document.querySelectorAll('details').forEach((each) => each.toggleAttribute('open', ${!folded}))`)

test('dark, axe finds nothing either on the index and on the page with most kinds of pictures', async () => {
  for (const file of ['report.html', files.at(-1) ?? '']) {
    await open(join(folder, file), 1440, 'dark')
    expect(await violationsOf(page, 'colours'), file).toEqual([]) // nothing else is dark
  }
}, 60_000)

test('the first Tab leads past the contents, and the index leads to each scenario and back', async () => {
  await open(join(folder, 'report.html'), 1440, 'light')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
  for (const file of files.slice(1)) {
    await page.locator(`.overview a[href="${file}"]`).click()
    expect(page.url()).toContain(file)
    await page.locator('.contents .back a').click()
    expect(page.url()).toContain('report.html')
  }
}, 60_000)

test('printed, each accepted report is a handout of one page', async () => {
  const reports = (await readdir(accepted)).map((slug) => join(accepted, slug, 'report.html'))
  for (const file of reports) expect(await printedPages(file), file).toBe(1)
}, 60_000)

/** On A4. */
const printedPages = async (file: string): Promise<number> => {
  await open(file, 794, 'light', 'print') // what is for the screen alone is not laid out first
  const pdf = await page.pdf({ format: 'A4' })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

test('printed, a page keeps a margin and no contents', async () => {
  await open(join(folder, 'report.html'), 794, 'light', 'print')
  expect(await page.locator('.contents').isVisible()).toBe(false)
  const margins = await page.evaluate(
    '[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.style.margin)',
  )
  expect(margins).toEqual(['12mm 14mm'])
}, 60_000)
