// What the README shows of runs is what the accepted runs say.
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { checkedLines } from '../cli/workshop/text.ts'
import { readRun } from '../judge/read-run.ts'
import { loadExercise } from '../scenario/load-exercise.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'
import { readRecord } from '../workshop/record.ts'
import { runTable } from '../report/frame/run-table.ts'

const root = resolve(import.meta.dirname, '../..')
const accepted = join(root, 'reports/accepted')
const readme = await readFile(join(root, 'README.md'), 'utf8')
const slugs = await readdir(accepted)
const documents = [
  readme,
  ...(await Promise.all(
    ['docs/using.md', 'docs/workshop.md', 'reports/README.md'].map((path) => readFile(join(root, path), 'utf8')),
  )),
]

test('the verdicts shown are those of the accepted run', async () => {
  const table = runTable(await readRun(join(accepted, 'http2-hot-pod', 'run.json')), 110)
  const shown = /\n(http2-hot-pod\n[^]*?)\n```/.exec(readme)?.[1]?.split('\n') ?? []
  expect(shown.length).toBeGreaterThan(6)
  expect(shown).toEqual(table.filter((line) => shown.includes(line)))
})

test.each(slugs)('the row of %s names every arm that fixes it in the accepted run, and none that did not', async (slug) => {
  const run = await readRun(join(accepted, slug, 'run.json'))
  const arms = run.scenarios.flatMap((scenario) => scenario.arms)
  const namesOf = (those: typeof arms) => those.map(({ name }) => name)
  const fixes = namesOf(arms.filter(({ verdict }) => verdict === 'fixed'))
  const row = readme.split('\n').find((line) => line.startsWith(`| [${slug}](scenarios/`)) ?? ''
  const named = [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  expect(new Set(named.filter((name) => namesOf(arms).some((each) => each === name)))).toEqual(new Set(fixes))
})

test('each picture was taken of the accepted run as it is now (npm run pictures takes new ones)', async () => {
  const of = JSON.parse(await readFile(join(root, 'docs/pictures.json'), 'utf8')) as Record<
    string,
    { slug: string; startedAt: string; seed: number }
  >
  for (const [file, { slug, startedAt, seed }] of Object.entries(of)) {
    expect(
      documents.some((text) => text.includes(`${file})`)),
      `${file} is shown`,
    ).toBe(true)
    expect({ file, startedAt, seed }).toEqual({ file, ...pick(await readRun(join(accepted, slug, 'run.json'))) })
  }
})

const pick = ({ startedAt, seed }: { startedAt: string; seed: number }) => ({ startedAt, seed })

/** Clauses of a reason: what each rule compares, and with what. */
const clausesOf = (reason: string): string[] => reason.trim().split('; ')

/** Without what was measured: the rule that it is of. */
const ruleIn = (clause: string): string => clause.replace(/^[^(]+/, (measured) => measured.replaceAll(/[\d.]+/g, '#'))

test('the checks of the first exercise end as they did in the recorded one, without rules that no check judges any more', async () => {
  const text = await readFile(join(root, 'docs/first-exercise.md'), 'utf8')
  const checks = (await readRecord(join(root, 'docs/exercise'))).flatMap((line) =>
    line.what === 'checked' ? [line.checked] : [],
  )
  expect(checks.map(({ verdict }) => verdict)).toEqual(['no-effect', 'fixed'])
  const { scenarios } = await readRun(join(accepted, 'http2-hot-pod', 'run.json'))
  for (const checked of checks) {
    const today = scenarios[0]?.arms.find(({ name }) => name === checked.like?.arm)?.reason ?? ''
    const rules = new Set(clausesOf(today).map(ruleIn))
    const [verdict = '', reason = ''] = checkedLines(checked, []).slice(-2)
    const shown = clausesOf(reason).filter((clause) => rules.has(ruleIn(clause)))
    expect(shown.length).toBeGreaterThan(1)
    expect(text).toContain(`${verdict}\n  ${shown.join('; ')}; …\n`)
  }
})

test('the pager of the first exercise says what the exercise says today', async () => {
  const [, pager = ''] = /^> (.+)$/m.exec(await readFile(join(root, 'docs/first-exercise.md'), 'utf8')) ?? []
  const [loaded] = await chooseScenarios(['http2-hot-pod'])
  if (!loaded) throw new Error('it was chosen')
  expect(pager).not.toBe('')
  expect((await loadExercise(loaded)).pager).toContain(pager)
})
