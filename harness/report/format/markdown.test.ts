// The Markdown report repeats the run and keeps data from being read as markup. Goldens: vitest run -u harness/report
import { describe, expect, it } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import { throttlingRun } from '../../test/fixtures/report/throttling-run.ts'
import { markdown } from './markdown.ts'

describe('the Markdown report', () => {
  it('is the golden file', async () => {
    await expect(markdown(exampleRun())).toMatchFileSnapshot('../../test/fixtures/report/report.md')
  })

  it('is the golden file when the run was cut off', async () => {
    await expect(markdown(cutOffRun())).toMatchFileSnapshot('../../test/fixtures/report/cut-off.md')
  })

  it('is the golden file of a run with throttling', async () => {
    await expect(markdown(throttlingRun())).toMatchFileSnapshot('../../test/fixtures/report/throttling.md')
  })

  it('is the golden file of a run of episodes', async () => {
    await expect(markdown(episodeRun())).toMatchFileSnapshot('../../test/fixtures/report/episodes.md')
  })

  it('puts all verdict tables before any evidence', () => {
    const text = markdown(twoScenarioRun())
    expect(text.lastIndexOf('| arm | kind | verdict |')).toBeLessThan(text.indexOf('### Why'))
  })

  it.each([hostileRun(), hostileEpisodeRun()])('lets no HTML through', (run) => {
    const outsideFences = markdown(run)
      .replace(/^(`{3,})[^`]*?\n[^]*?\n\1$/gm, '')
      .replace(/(`+)[^]*?[^`]\1(?!`)/g, '')
    expect(outsideFences).not.toMatch(/<(script|img)/)
  })

  it('keeps the columns of a table whatever its cells say', () => {
    const rows = markdown(hostileRun())
      .split('\n')
      .filter((line) => line.startsWith('| **'))
    const cells = rows.map((row) => row.replaceAll('\\|', '').split('|').length)
    expect(new Set(cells.slice(0, 6)).size).toBe(1)
  })
})
