// The page stands alone, escapes what it shows and repeats the numbers of the run. Golden: vitest run -u harness/report; those of whole pages are reports/accepted/
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { busyRun, cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import type { Run } from '../../model/run.ts'
import { throttlingRun } from '../../test/fixtures/report/throttling-run.ts'
import { html } from './html.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { keyFigures } from '../write/key-figures.ts'

/** The page of a run of one scenario; of several the index. */
const first = (run: Run): string => html(run)[0]?.text ?? ''
/** All pages, one after the other. */
const whole = (run: Run): string =>
  html(run)
    .map(({ text }) => text)
    .join('\n')
const page = first(exampleRun())
const parsed = (text: string) => parseHTML(text).document
const loads =
  'script, iframe, object, embed, link, img, image, video, audio, source, use, base, form, [src], [srcset], [onerror], [onload], [onclick]'

describe('the page', () => {
  it('is the same on every call', () => {
    expect(first(exampleRun())).toBe(page)
  })

  it.each([
    ['a whole', exampleRun()],
    ['a cut off', cutOffRun()],
    ['a hostile', hostileRun()],
    ['a long', twoScenarioRun()],
  ])('loads nothing for %s run', (_, run) => {
    const files = html(run)
    for (const { text } of files) {
      const document = parsed(text)
      expect([...document.querySelectorAll(loads)].map(String)).toEqual([])
      expect(document.querySelector('style')?.textContent).not.toMatch(/@import|url\s*\(/)
      for (const link of document.querySelectorAll('[href]')) {
        expect(link.tagName).toBe('A')
        const [beside = ''] = (link.getAttribute('href') ?? '').split('#')
        expect(
          /^https?:\/\//.test(beside) || ['', 'run.json', 'numbers.csv', ...files.map(({ file }) => file)].includes(beside),
          beside,
        ).toBe(true)
      }
    }
  })

  it('gives each id once', () => {
    for (const { text } of html(twoScenarioRun())) {
      const ids = [...parsed(text).querySelectorAll('[id]')].map((element) => element.id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('names every picture for screen readers', () => {
    for (const picture of parsed(page).querySelectorAll('svg')) {
      const [title, description] = (picture.getAttribute('aria-labelledby') ?? '').split(' ')
      expect(picture.querySelector(`[id="${title}"]`)?.textContent).not.toBe('')
      expect(picture.querySelector(`[id="${description}"]`)?.textContent).not.toBe('')
    }
  })

  it.each([hostileRun(), hostileEpisodeRun()])('escapes hostile strings', (run) => {
    const text = whole(run)
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u0007')
    expect(text).toContain('&lt;script')
  })

  it('shows in its verdict table the numbers of the run', () => {
    const [scenario] = exampleRun().scenarios
    if (scenario === undefined) throw new Error('the example has a scenario')
    const rows = [...parsed(page).querySelectorAll('table.verdicts:not(.costs, .more) tbody tr')]
    expect(rows.length).toBe(scenario.arms.length)
    for (const [index, arm] of scenario.arms.entries()) {
      const shown = [...(rows[index]?.querySelectorAll('data') ?? [])].map((element) => Number(element.getAttribute('value')))
      expect(shown).toEqual(keyFigures(scenario).flatMap(({ of }) => of(arm)?.value ?? []))
      expect(shown).toEqual(expect.arrayContaining(keyMetrics(scenario).map((name) => arm.metrics[name]?.value)))
      expect(rows[index]?.querySelector('.badge')?.textContent).toContain(arm.verdict.replace('-', ' '))
    }
  })
})

describe('the page of a run with throttling', () => {
  const throttled = first(throttlingRun())
  const document = parsed(throttled)
  const [scenario] = throttlingRun().scenarios
  const rowsOf = (table: string) => [...document.querySelectorAll(`table.${table} tbody tr`)].map((row) => row.textContent)

  it('draws throttling and latency of each arm, in each size, and no pods', () => {
    const pictures = [...document.querySelectorAll('figure.row')].map((row) => row.querySelectorAll('svg').length)
    expect(pictures).toEqual(scenario?.arms.map(() => 3))
    expect(document.querySelector('figure.panel')).toBeNull()
  })

  it('says how latency went along with stops, or that there were none', () => {
    const said = [...document.querySelectorAll('figure.row figcaption p')].map((line) => line.textContent)
    expect(said[0]).toBe('never stopped')
    expect(said[1]).toMatch(
      /^r = 0\.\d\d \(n = 29\); stopped for [\d.]+\ss by the container’s quota, [\d.]+\ss by its pod’s, in a window of 10\ss$/,
    )
  })

  it('compares all arms but control, with an answer each', () => {
    const rows = rowsOf('compared')
    expect(rows).toHaveLength((scenario?.arms.length ?? 0) - 1)
    expect(rows[1]).toMatch(/remove-limit.*the same.*× faster/s)
    expect(rows.join(' ')).not.toMatch(/regressed|improved|equivalent|inconclusive/)
  })

  it('holds the model against what was measured', () => {
    expect(rowsOf('predicted')[1]).toMatch(/incident.*70\.6\sms.*measured.*error [+−]/s)
  })

  it('puts what cAdvisor shows beside the counters where both exist', () => {
    expect([...document.querySelectorAll('table.operator .arm-name')].map((name) => name.textContent)).toEqual([
      'incident',
      'raise-limit',
      'more-replicas',
    ])
  })

  it('lists control’s second trials, and why a trial does not count', () => {
    const list = document.querySelector('details:last-of-type table')?.textContent ?? ''
    expect(list.match(/control 2/g)).toHaveLength(6)
    expect(list).toContain('✕ processes outside the cluster used 52.0 %')
  })
})

describe('the page of a run of episodes', () => {
  const run = episodeRun()
  const documents = html(run).map(({ text }) => parsed(text))
  const text = documents.map(({ body }) => body.textContent).join(' ')
  const all = (selector: string) => documents.flatMap((document) => [...document.querySelectorAll(selector)])

  it('has an index of several scenarios, the golden file', async () => {
    await expect(first(run)).toMatchFileSnapshot('../../test/fixtures/report/index.html')
  })

  it('loads nothing, and gives each id once', () => {
    expect(all(loads).map(String)).toEqual([])
    for (const document of documents) {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('draws an episode of each arm in each size, with what it says in words', () => {
    const arms = run.scenarios.flatMap((scenario) => scenario.arms)
    expect(all('svg.episode').length).toBe(3 * arms.length)
    const [described] = all('svg[aria-labelledby^="missing-priority-class-episode-incident"] desc').map(
      (element) => element.textContent,
    )
    expect(described?.replaceAll('\u00a0', ' ')).toBe(
      'client: down ≥ 60 s. critical Service: unserved ≥ 60 s. node: memory pressure 13 s. critical x2k4p: evicted at 14.9 s. critical m8vqd: pending ≥ 60 s. batch × 2: pending 15 s, ready at 17.8 s. batch × 2: pending ≥ 75 s. ballast: ready at 2.4 s.',
    )
  })

  it('numbers the evictions in their order', () => {
    const marks = all('svg.wide[aria-labelledby^="log-flood-disk-pressure-episode-incident"] .number')
    expect(marks.map((mark) => mark.textContent)).toEqual(['1', '2', '3', '4'])
  })

  it('has no latency chart, no A/A and no added latency, and says in how many episodes a verdict was found', () => {
    expect(text).not.toMatch(/Latency by percentile|A\/A|added latency/i)
    expect(text).toMatch(/reproduced 3 of 3 episodes \[29–100\s%\]/)
  })

  it('says what was skipped, and that this is no pass', () => {
    expect(text).toMatch(/Skipped is not passed.*Every name is asked for five times.*--dns=none/s)
  })
})

describe('the page of a cut off run', () => {
  const text = parsed(first(cutOffRun())).body.textContent

  it('says that it was cut off', () => {
    expect(text).toMatch(/incomplete. Judged on the trials so far: http2-hot-pod/)
  })

  it('says which arm was not measured and which block does not count', () => {
    expect(text).toContain('Not measured.')
    expect(text).toContain('is invalid: send lag p99 48.2 ms')
    expect(text).toContain('6 of 6 arms inconclusive')
  })
})

describe('the page of a run on a busy machine', () => {
  const run = busyRun()
  const text = parsed(first(run)).querySelector('main')?.textContent ?? ''

  it('says above its headline, and nowhere else, what took the CPU time and what to do', () => {
    const banner = parsed(first(run)).querySelector('.masthead .banner')
    expect(banner?.textContent).toBe(run.busy?.sentence)
    expect(banner?.nextElementSibling?.nextElementSibling?.tagName).toBe('H1')
    expect(text.split('The machine was too busy for a verdict')).toHaveLength(2)
  })

  it('says it on the index of several scenarios, and not again on their pages', () => {
    const several = {
      ...run,
      scenarios: [...run.scenarios, ...exampleRun().scenarios.map((each) => ({ ...each, slug: 'another' }))],
    }
    const banners = html(several).map((file) => parsed(file.text).querySelectorAll('.masthead .banner').length)
    expect(banners).toEqual([1, 0, 0])
  })

  it('gives the range of what its trials met once for an arm', () => {
    expect(parsed(first(run)).querySelector('h1')?.textContent).toBe(
      'Inconclusive: the control is not healthy: 0 of 2 trials are valid, since the machine was busy.',
    )
  })
})

describe('the pages of a run of several scenarios', () => {
  const run = twoScenarioRun()
  const files = html(run)
  const [index, ...pages] = files.map(({ text }) => parsed(text))

  it('are an index and one for each scenario', () => {
    expect(files.map(({ file }) => file)).toEqual(['report.html', 'http2-hot-pod.html', 'cpu-limit-throttling.html'])
  })

  it('have an index with a row for each scenario, failures first, each with a link to its page', () => {
    const rows = [...(index?.querySelectorAll('table.overview tbody tr') ?? [])]
    expect(rows.map((row) => [row.querySelector('.badge')?.textContent, row.querySelector('a')?.getAttribute('href')])).toEqual([
      ['✕failed', 'cpu-limit-throttling.html'],
      ['✓passed', 'http2-hot-pod.html'],
    ])
    expect(rows[1]?.textContent).toMatch(
      /one of 3 pods gave 100\s% of the replies.*l7-proxy and client-side.*more-replicas.*quick · 2 blocks/s,
    )
  })

  it('give each surprise with its reason on the index, with a link to its arm', () => {
    const links = [...(index?.querySelectorAll('#not-as-expected ~ div a') ?? [])].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['cpu-limit-throttling.html#arm-remove-limit'])
    expect(pages[1]?.getElementById('arm-remove-limit')?.textContent).toContain('expected fixed')
    const row = index?.querySelector('#not-as-expected ~ div tbody tr')?.textContent
    expect(row).toMatch(/remove-limit.*cpu-limit-throttling.*worse.*expected fixed.*npx lab run cpu-limit-throttling/s)
  })

  it('lead back, and have contents that name every section', () => {
    for (const document of pages) {
      const links = [...document.querySelectorAll('nav.contents a')].map((link) => link.getAttribute('href') ?? '')
      expect(links[0]).toBe('report.html')
      const headings = [...document.querySelectorAll('h2')].map(({ id }) => `#${id}`)
      expect(links.slice(1)).toEqual(headings)
      expect(headings.length).toBeGreaterThan(5)
    }
  })

  it('step from heading to heading without leaving a level out', () => {
    for (const { text } of [...files, ...html(exampleRun()), ...html(episodeRun())]) {
      const levels = [...parsed(text).querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)))
      expect(levels[0]).toBe(1)
      for (const [at, level] of levels.slice(1).entries()) expect(level - (levels[at] ?? 0)).toBeLessThanOrEqual(1)
    }
  })

  it('say how to repeat the run, and each scenario alone', () => {
    const commands = files.map(({ text }) => parsed(text).querySelector('.command')?.textContent)
    expect(commands[0]).toContain('npx lab run http2-hot-pod cpu-limit-throttling --quick')
    expect(commands[1]).toContain('npx lab run http2-hot-pod --quick')
    for (const command of commands) expect(command).toContain(`--seed ${run.seed}`)
  })

  it('link the numbers', () => {
    const links = [...(index?.querySelectorAll('#reproduce ~ dl a') ?? [])].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['run.json', 'numbers.csv'])
  })
})
