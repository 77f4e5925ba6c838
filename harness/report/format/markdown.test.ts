// The Markdown report repeats the run and keeps data from being read as markup. Goldens: vitest run -u harness/report; those of whole files are reports/accepted/
import { describe, expect, it } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { busyRun, cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import type { Run } from '../../model/run.ts'
import { markdown } from './markdown.ts'

/** The file of a run of one scenario; of several the index. */
const first = (run: Run): string => markdown(run)[0]?.text ?? ''
/** All files, one after the other. */
const whole = (run: Run): string =>
  markdown(run)
    .map(({ text }) => text)
    .join('\n')

describe('the Markdown report', () => {
  it('is the golden file when the run was cut off', async () => {
    await expect(first(cutOffRun())).toMatchFileSnapshot('../../test/fixtures/report/cut-off.md')
  })

  it('is the golden file when the machine was busy', async () => {
    await expect(first(busyRun())).toMatchFileSnapshot('../../test/fixtures/report/busy.md')
  })

  it('has an index of several scenarios, the golden file', async () => {
    await expect(first(episodeRun())).toMatchFileSnapshot('../../test/fixtures/report/index.md')
  })

  it('has all verdicts of several scenarios in one file, and the evidence of each in a file of its own', () => {
    const [index, ...pages] = markdown(twoScenarioRun())
    expect(pages.map(({ file }) => file)).toEqual(['http2-hot-pod.md', 'cpu-limit-throttling.md'])
    expect(index?.text.match(/^\| arm \| verdict \| (?!measured)/gm)).toHaveLength(2)
    expect(index?.text).not.toContain('Why each verdict was given')
    for (const { file, text } of pages) {
      expect(index?.text).toContain(`](${file})`)
      expect(text).toContain('](report.md)')
      expect(text).toContain('Why each verdict was given')
    }
    expect(index?.text).toMatch(/^\| \[[^\]]+\]\(cpu-limit-throttling\.md\) \(cpu-limit-throttling\) \| ✕ \*\*failed\*\* \|/m)
    expect(index?.text).toMatch(/^\| \[remove-limit\]\(cpu-limit-throttling\.md\) .*≠ expected fixed/m)
  })

  it('says how to repeat the run, and links its numbers', () => {
    for (const { text } of markdown(twoScenarioRun())) {
      expect(text).toMatch(/^## Reproduce this\n\n```sh\nnpx lab run .* --seed 20260512\n```$/m)
      expect(text).toContain('[numbers.csv](numbers.csv)')
    }
  })

  it.each([hostileRun(), hostileEpisodeRun()])('lets no HTML through', (run) => {
    const outsideFences = whole(run)
      .replace(/^(`{3,})[^`]*?\n[^]*?\n\1$/gm, '')
      .replace(/(`+)[^]*?[^`]\1(?!`)/g, '')
    expect(outsideFences).not.toMatch(/<(script|img)/)
  })

  it('keeps the columns of a table whatever its cells say', () => {
    const rows = first(hostileRun())
      .split('\n')
      .filter((line) => line.startsWith('| **'))
    const cells = rows.map((row) => row.replaceAll('\\|', '').split('|').length)
    expect(new Set(cells.slice(0, 6)).size).toBe(1)
  })
})
