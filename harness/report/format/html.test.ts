// The page stands alone, escapes what it shows and repeats the numbers of the run. Goldens: vitest run -u harness/report
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import { throttlingRun } from '../../test/fixtures/report/throttling-run.ts'
import { html } from './html.ts'
import { keyMetrics } from '../facts/key-metrics.ts'

const page = html(exampleRun())
const parsed = (text: string) => parseHTML(text).document
const loads =
  'script, iframe, object, embed, link, img, image, video, audio, source, use, base, form, [src], [srcset], [onerror], [onload], [onclick]'

describe('the page', () => {
  it('is the golden file', async () => {
    await expect(page).toMatchFileSnapshot('../../test/fixtures/report/report.html')
  })

  it('is the same on every call', () => {
    expect(html(exampleRun())).toBe(page)
  })

  it.each([
    ['a whole', exampleRun()],
    ['a cut off', cutOffRun()],
    ['a hostile', hostileRun()],
    ['a long', twoScenarioRun()],
  ])('loads nothing for %s run', (_, run) => {
    const text = html(run)
    const document = parsed(text)
    expect([...document.querySelectorAll(loads)].map(String)).toEqual([])
    expect(document.querySelector('style')?.textContent).not.toMatch(/@import|url\s*\(/)
    for (const link of document.querySelectorAll('[href]')) {
      expect(link.tagName).toBe('A')
      expect(link.getAttribute('href')).toMatch(/^(https?:\/\/|#)/)
    }
  })

  it('gives each id once', () => {
    const ids = [...parsed(html(twoScenarioRun())).querySelectorAll('[id]')].map((element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('names every picture for those who do not see it', () => {
    for (const picture of parsed(page).querySelectorAll('svg')) {
      const [title, description] = (picture.getAttribute('aria-labelledby') ?? '').split(' ')
      expect(picture.querySelector(`[id="${title}"]`)?.textContent).not.toBe('')
      expect(picture.querySelector(`[id="${description}"]`)?.textContent).not.toBe('')
    }
  })

  it.each([hostileRun(), hostileEpisodeRun()])('escapes hostile strings', (run) => {
    const text = html(run)
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
      expect(shown).toEqual(keyMetrics(scenario).map((name) => arm.metrics[name]?.value))
      expect(rows[index]?.querySelector('.badge')?.textContent).toContain(arm.verdict.replace('-', ' '))
    }
  })
})

describe('the page of a run with throttling', () => {
  const throttled = html(throttlingRun())
  const document = parsed(throttled)
  const [scenario] = throttlingRun().scenarios
  const rowsOf = (table: string) => [...document.querySelectorAll(`table.${table} tbody tr`)].map((row) => row.textContent)

  it('is the golden file', async () => {
    await expect(throttled).toMatchFileSnapshot('../../test/fixtures/report/throttling.html')
  })

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
    expect(rowsOf('predicted')[1]).toMatch(/incident.*73\.5\sms.*measured.*error [+−]/s)
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
    expect(list.match(/control, again/g)).toHaveLength(6)
    expect(list).toContain('✕ processes outside the cluster used 52.0 %')
  })
})

describe('the page of a run of episodes', () => {
  const run = episodeRun()
  const episodic = html(run)
  const document = parsed(episodic)
  const text = document.body.textContent

  it('is the golden file', async () => {
    await expect(episodic).toMatchFileSnapshot('../../test/fixtures/report/episodes.html')
  })

  it('loads nothing, and gives each id once', () => {
    expect([...document.querySelectorAll(loads)].map(String)).toEqual([])
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('draws an episode of each arm in each size, with what it says in words', () => {
    const arms = run.scenarios.flatMap((scenario) => scenario.arms)
    expect(document.querySelectorAll('svg.episode').length).toBe(3 * arms.length)
    const described = document.querySelector('svg[aria-labelledby^="missing-priority-class-episode-incident"] desc')?.textContent
    expect(described?.replaceAll('\u00a0', ' ')).toBe(
      'client: down 60 s. critical Service: unserved 60 s. node: memory pressure 13 s. critical x2k4p: evicted at 14.9 s. critical m8vqd: pending ≥ 60 s. batch × 2: pending 15 s, ready at 17.8 s. batch × 2: pending ≥ 75 s. ballast: ready at 2.4 s.',
    )
  })

  it('numbers the evictions in their order', () => {
    const marks = document.querySelectorAll('svg.wide[aria-labelledby^="log-flood-disk-pressure-episode-incident"] .number')
    expect([...marks].map((mark) => mark.textContent)).toEqual(['1', '2', '3', '4'])
  })

  it('has no latency chart, no A/A and no added latency, and says in how many episodes a verdict was found', () => {
    expect(text).not.toMatch(/Latency by percentile|A\/A|added latency/i)
    expect(text).toMatch(/reproduced3 of 3 episodes \[29–100\s%\]/)
  })

  it('says what was skipped, and that this is no pass', () => {
    expect(text).toMatch(/Skipped is not passed.*Every name is asked for five times.*--dns=none/s)
  })
})

describe('the page of a cut off run', () => {
  const text = parsed(html(cutOffRun())).body.textContent

  it('says that it was cut off', () => {
    expect(text).toContain('This run is not complete: it was cut off. Judged on the trials it had: http2-hot-pod.')
  })

  it('says which arm was not measured and which block does not count', () => {
    expect(text).toContain('Not measured.')
    expect(text).toContain('does not count: send lag p99 48.2 ms')
    expect(text).toContain('6 of 6 arms inconclusive')
  })
})
