// A live page in a real browser: accepted runs, played on a desk and on a phone, light and dark. Where there is no browser this file is left out: see vitest.config.ts.
import { once } from 'node:events'
import type { Browser, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LiveEvent } from '../events/event.ts'
import { eventsOf } from '../live/events-of.ts'
import { replayFeed } from '../live/feed.ts'
import type { Feed, Wish } from '../live/feed.ts'
import { livePage } from '../live/page.ts'
import { serve } from '../live/server.ts'
import type { Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { runVerdict } from '../report/frame/headline.ts'
import { verdictWords } from '../report/write/verdict-words.ts'
import { evictionsOf } from '../timeline/evictions.ts'
import { launchChromium, violationsOf } from './fixtures/chromium.ts'
import { evicted, hotPod, throttling } from './fixtures/accepted-runs.ts'

let browser: Browser
/** For all tests: another one takes a process and seconds. */
let shared: Page
beforeAll(async () => {
  browser = await launchChromium()
  shared = await browser.newPage({ reducedMotion: 'reduce' })
}, 60_000)
afterAll(() => browser.close())

/** As fast as the browser takes them. */
const atOnce = (events: readonly LiveEvent[]): Feed =>
  async function* ({ after }) {
    for (const [id, event] of events.entries()) if (id > after) yield { id, event }
  }

/** The first so many at once, and the rest for a client that comes back; `wishes` are what the page asked for. */
const inTwoParts = (events: readonly LiveEvent[], first: number): { readonly feed: Feed; readonly wishes: Wish[] } => {
  const wishes: Wish[] = []
  return {
    wishes,
    feed: async function* (wish, signal) {
      wishes.push(wish)
      for await (const numbered of atOnce(events)(wish, signal)) {
        if (wishes.length === 1 && numbered.id >= first) await once(signal, 'abort')
        yield numbered
      }
    },
  }
}

interface Looks {
  readonly width?: number
  readonly query?: string
  /** Null: it is running. */
  readonly speed?: number | null
}

type Served = Awaited<ReturnType<typeof serve>>

const opened = async (feed: Feed, looks: Looks, work: (page: Page, served: Served) => Promise<void>): Promise<void> => {
  const { width = 1440, query = '', speed = 20 } = looks
  const served = await serve(livePage(speed), feed, { port: 0 })
  const [page, faults]: [Page, string[]] = [shared, []]
  const onError = ({ message }: Error) => void faults.push(message)
  const onConsole = (said: ConsoleMessage) =>
    void (said.type() === 'error' && !said.text().includes('ERR_') && faults.push(said.text()))
  page.on('pageerror', onError).on('console', onConsole)
  try {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(served.address + query)
    await work(page, served)
    expect(faults).toEqual([])
  } finally {
    page.off('pageerror', onError).off('console', onConsole)
    await page.goto('about:blank')
    await served.close()
  }
}

const hasTaken = async (page: Page, count: number): Promise<void> => {
  await page.locator(`body[data-taken="${count}"]`).waitFor({ state: 'attached', timeout: 30_000 })
  await page.waitForFunction('new Promise((resolve) => setTimeout(() => resolve(true), 150))') // it draws ten times a second
}

/** It is no wider than the screen, and accessible. */
const isFit = async (page: Page, width: number): Promise<void> => {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  expect(await violationsOf(page)).toEqual([])
}

/** Of a page that is fit in the light: nothing but its colours is dark. */
const isFitInTheDark = async (page: Page): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violationsOf(page, 'colours')).toEqual([])
}

const chipsOf = (page: Page): Promise<string[]> => page.locator('.chips li').allInnerTexts()

const judged = ({ scenarios }: Run): string[] =>
  scenarios.flatMap(({ arms }) =>
    arms.map(({ name, verdict, asExpected, expected }) =>
      [name, verdictWords(verdict).symbol, verdictWords(verdict).word, ...(asExpected ? [] : ['≠ expected', expected])].join(' '),
    ),
  )

const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The trials whose cards are left at the end: the last one on each node. */
const leftOf = (run: Run): Trial[] => {
  const inOrder = run.scenarios.flatMap(({ trials }) => trials).toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
  return [...new Map(inOrder.map((trial) => [trial.node, trial])).values()]
}

test.each([1440, 390])(
  'steady load at %i px, light and dark: a strip for each pod and second, every verdict as in run.json',
  async (width) => {
    const events = eventsOf(hotPod)
    await opened(atOnce(events), { width }, async (page) => {
      await hasTaken(page, events.length)
      expect((await chipsOf(page)).map(words)).toEqual(judged(hotPod))
      expect(await page.locator('#end').innerText()).toBe(runVerdict(hotPod).join(' '))
      const [last] = leftOf(hotPod)
      const names = await page.locator('.card .lane-name').allInnerTexts()
      expect(names).toEqual([...(last?.pods.map((pod) => `pod ${pod.slice(pod.lastIndexOf('-') + 1)}`) ?? []), 'failed', 'p99'])
      for (const lane of await page.locator('.card .lane').all())
        expect(await lane.locator('rect.cell').count()).toBe(last?.load.perSecond.length)
      await isFit(page, width)
      await isFitInTheDark(page)
    })
  },
  60_000,
)

test.each([1440, 390])(
  'episodes at %i px, light and dark: a row for each group of pods, evictions numbered, every verdict as in run.json',
  async (width) => {
    const events = eventsOf(evicted)
    await opened(atOnce(events), { width }, async (page) => {
      await hasTaken(page, events.length)
      expect((await chipsOf(page)).map(words)).toEqual(judged(evicted))
      const left = leftOf(evicted)
      expect(await page.locator('.card').count()).toBe(left.length)
      for (const { arm, node, order, timeline } of left) {
        const card = page.locator(`.card[data-trial="${evicted.scenarios[0]?.slug}/${order}"]`)
        const names = (await card.locator('.lane-name').allInnerTexts()).map(words)
        const pods = timeline?.lanes.filter(({ kind }) => kind === 'pod') ?? []
        for (const { group } of pods) expect(names, `${arm} on ${node}`).toContain(group)
        const discs = await card.locator('text.number').allTextContents()
        expect(discs).toHaveLength(timeline ? evictionsOf(timeline).length : 0)
        expect(await card.locator('.bar.ready').count()).toBeGreaterThan(0)
        for (const lane of await card.locator('.lane').all()) expect(await lane.locator('.rule.trigger').count()).toBe(1)
        expect(await card.locator('.story-lines li').count()).toBeGreaterThan(0)
      }
      await isFit(page, width)
      await isFitInTheDark(page)
    })
  },
  60_000,
)

test('played at its pace, where throttling was watched it has a strip, too', async () => {
  const events = eventsOf(throttling)
  await opened(replayFeed(events, 20), { speed: 1000 }, async (page) => {
    await hasTaken(page, events.length)
    const strip = page.locator('.card .lane', { hasText: 'throttled' })
    expect(await strip.locator('rect.cell.measured').count()).toBe(leftOf(throttling)[0]?.load.perSecond.length)
    expect(await strip.locator('.said').innerText()).toMatch(/^\d+\s%$/)
    const unseen =
      "[...document.querySelectorAll('rect.cell')].filter((cell) => Number(getComputedStyle(cell).fillOpacity) !== Number(cell.getAttribute('fill-opacity'))).length"
    expect(await page.evaluate(unseen), 'cells that look stronger or weaker than they are').toBe(0)
  })
}, 60_000)

test('what is over is replaced by a trial of the other kind; every scenario keeps its verdicts', async () => {
  const [first = evicted, second = hotPod] = [evicted, hotPod].toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
  const both: Run = { ...second, startedAt: first.startedAt, scenarios: [...first.scenarios, ...second.scenarios] }
  const events = eventsOf(both)
  await opened(atOnce(events), {}, async (page) => {
    await hasTaken(page, events.length)
    expect(await page.locator('.card').count()).toBe(leftOf(second).length)
    expect(await page.locator('h1').innerText()).toBe(second.scenarios[0]?.title)
    expect((await chipsOf(page)).map(words)).toEqual(judged(both))
  })
}, 60_000)

test('a lost connection is shown, and when it is back the page continues where it was', async () => {
  const events = eventsOf(hotPod)
  const half = Math.floor(events.length / 2)
  const { feed, wishes } = inTwoParts(events, half)
  await opened(feed, {}, async (page, { address, server }) => {
    await hasTaken(page, half)
    server.close()
    server.closeAllConnections()
    await page.getByText('The connection is lost; trying again.').waitFor()
    server.listen(Number(new URL(address).port), '127.0.0.1')
    await hasTaken(page, events.length)
    expect(await page.locator('#lost').isVisible()).toBe(false)
    expect(wishes.map(({ after }) => after)).toEqual([-1, half - 1])
    expect((await chipsOf(page)).map(words)).toEqual(judged(hotPod))
    const seconds = leftOf(hotPod)[0]?.load.perSecond.length
    for (const lane of await page.locator('.card .lane').all()) expect(await lane.locator('rect.cell').count()).toBe(seconds)
  })
}, 60_000)

test('pause stops it, and the keys continue where it was, faster', async () => {
  const events = eventsOf(throttling)
  const half = Math.floor(events.length / 2)
  const { feed, wishes } = inTwoParts(events, half)
  await opened(feed, {}, async (page) => {
    await hasTaken(page, half)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Faster' }).click()
    expect(await page.getByRole('button', { name: 'Resume' }).isVisible()).toBe(true)
    expect(await page.locator('#speed').innerText()).toBe('50\u00a0×')
    await page.locator('body').press('+')
    await page.getByRole('button', { name: 'Resume' }).press('Space')
    await hasTaken(page, events.length)
    expect(wishes).toEqual([
      { after: -1, speed: 20 },
      { after: half - 1, speed: 100 },
    ])
  })
}, 60_000)

test.each([1440, 390])(
  'a stage at %i px shows one trial, an incident before others, and at the end the verdicts',
  async (width) => {
    const events = eventsOf(evicted)
    const begun = events.findLastIndex((event) => event.type === 'trial-begins' && event.arm === 'incident') + 1
    await opened(inTwoParts(events, begun).feed, { width, query: '?stage' }, async (page) => {
      await hasTaken(page, begun)
      expect(await page.locator('.card:visible .arm-name').allInnerTexts()).toEqual(['incident'])
      await isFit(page, width)
      await page.locator('body').press('s')
      expect(await page.locator('.card:visible').count()).toBeGreaterThan(1)
      await page.locator('body').press('s')
      await page.locator('body').press('+')
      await hasTaken(page, events.length)
      expect(await page.locator('.card:visible').count()).toBe(0)
      expect(await page.locator('.chips li:visible').count()).toBe(judged(evicted).length)
      await isFit(page, width)
    })
  },
  60_000,
)

/** Told, and not over. */
const going = (events: readonly LiveEvent[]): Feed =>
  async function* (wish, signal) {
    yield* atOnce(events)(wish, signal)
    await once(signal, 'abort')
  }

test('a running run has no speed, and time passes between events', async () => {
  const events = eventsOf(evicted)
  const begun = events.findLastIndex(({ type }) => type === 'trial-begins') + 20
  await opened(going(events.slice(0, begun)), { speed: null }, async (page) => {
    await hasTaken(page, begun)
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Stage s'])
    const card = page.locator('.card:not(.over)').last()
    const widest = (): Promise<number> =>
      card.locator('.bar.ready').first().evaluate((bar) => bar.getBoundingClientRect().width) // prettier-ignore
    const [clock, width] = [await page.locator('#clock').innerText(), await widest()]
    await expect.poll(() => page.locator('#clock').innerText()).not.toBe(clock)
    await expect.poll(widest).toBeGreaterThan(width)
    await isFit(page, 1440)
  })
}, 60_000)

const exercise = (untilS: number): LiveEvent[] => {
  const arms = [{ name: 'learner', kind: 'fix', summary: 'slow', expected: 'fixed' }] as const
  const trial = 'hot/0'
  const verdict = { type: 'verdict', slug: 'hot', arm: 'learner', reason: '' } as const
  return [
    { type: 'run-begins', atMs: 0, startedAt: '2026-11-01T10:00:00Z', mode: 'exercise', kubernetes: 'v1', scenarios: [{ slug: 'hot', title: 'Exercise of Ada', arms: [...arms] }] }, // prettier-ignore
    { type: 'trial-begins', atMs: 0, trial, slug: 'hot', arm: 'learner', block: 0, replica: 0, kind: 'steady', node: null, pods: ['s-1', 's-2'], rateRps: 10, lastsMs: null }, // prettier-ignore
    ...Array.from({ length: untilS }, (_, index): LiveEvent => {
      const pods = index < 20 ? { 's-1': 8, 's-9': 2 } : { 's-1': 10 }
      return { type: 'second', atMs: (index + 1) * 1000, trial, pods, failed: 0, notSent: 0, latencyUs: null, gauges: [] }
    }),
    { ...verdict, atMs: untilS * 1000, verdict: 'no-effect', asExpected: false },
    { ...verdict, atMs: untilS * 1000, verdict: 'fixed', asExpected: true },
  ]
}

test('an exercise shows its last minutes, pods that answered in them or are there, and the verdict of the last check', async () => {
  const events = exercise(400)
  await opened(going(events), { speed: null, width: 390 }, async (page) => {
    await hasTaken(page, events.length)
    expect(await page.locator('.card .lane-name').allInnerTexts()).toEqual(['pod 1', 'pod 2', 'failed', 'p99'])
    expect(await page.locator('.card .lane').first().locator('rect.cell').count()).toBe(180)
    expect((await chipsOf(page)).map(words)).toEqual(['learner ✓ fixed'])
    expect(await page.locator('#about').innerText()).toBe('exercise of 1 November 2026, Kubernetes v1')
    await page.emulateMedia({ colorScheme: 'dark' })
    await isFit(page, 390)
  })
}, 60_000)
