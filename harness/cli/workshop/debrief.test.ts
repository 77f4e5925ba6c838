// The debriefing and the board say what the record says, load nothing, and escape what a learner is called.
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { exerciseRecord } from '../../test/fixtures/exercise-record.ts'
import { openRecord, readRecord, recordName } from '../../workshop/record.ts'
import { boardLines, rowOf } from './board.ts'
import { debriefPage } from './debrief-page.ts'

const hostile = '<script>alert(1)</script>'

test('the page says after how long and how many checks it was fixed, what was done when, and what to remember', () => {
  const page = debriefPage(exerciseRecord())
  const { document } = parseHTML(page)
  expect(document.querySelector('h1')?.textContent).toBe('Fixed after 5 minutes and 2 checks.')
  const rows = [...document.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)
  expect(rows.slice(0, 4)).toEqual([
    '40 sthe incident has begun',
    '1 min 10 schanged Deployment/server',
    '2 min 10 scheck: no effect',
    '2 min 20 shint 1 of 3',
  ])
  expect(document.querySelectorAll('figure svg')).toHaveLength(2)
  expect(document.body.textContent).toContain('A Service balances connections.')
  expect(page).not.toMatch(/NaN|Infinity/)
})

test('while a check measures nothing is drawn: what came after it is not drawn back to before', () => {
  const { document } = parseHTML(debriefPage(exerciseRecord()))
  const [failures] = document.querySelectorAll('figure svg')
  const lines = [...(failures?.querySelectorAll('path') ?? [])].map((path) => path.getAttribute('d') ?? '')
  const stretches = Math.max(...lines.map((line) => line.match(/M/g)?.length ?? 0))
  expect(stretches, 'windows until 50, 60 and 70 s, and the one until 210 s').toBe(2)
  expect(failures?.querySelectorAll('rect')).toHaveLength(4)
})

test('a learner’s name is text, and nothing is loaded or run', () => {
  const page = debriefPage(exerciseRecord(hostile))
  expect(page).not.toContain('<script')
  expect(parseHTML(page).document.body.textContent).toContain(hostile)
})

test('an exercise that was cut off before it was checked has a page, too', () => {
  expect(debriefPage(exerciseRecord().slice(0, 2))).toContain('Not checked.')
})

test('a class is a row for each learner', () => {
  const rows = [rowOf(exerciseRecord()), rowOf(exerciseRecord('ben').slice(0, 7))]
  expect(boardLines(rows).map((line) => line.split(/ {2,}/))).toEqual([
    ['learner', 'exercise', 'verdict', 'fixed after', 'checks', 'hints', 'solution'],
    ['anna', 'http2-hot-pod', 'fixed', '5 minutes', '2', '1', '—'],
    ['ben', 'http2-hot-pod', 'no effect', '—', '1', '0', '—'],
  ])
})

test('what is recorded is read again as it was; a last line that was cut off is left out, and another one is an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-test-'))
  const record = await openRecord(folder)
  for (const { at: _at, ...happening } of exerciseRecord()) await record(happening)
  const happened = (await readRecord(folder)).map(({ at: _at, ...happening }) => happening)
  expect(happened).toEqual(exerciseRecord().map(({ at: _at, ...happening }) => happening))
  await appendFile(join(folder, recordName), '{"at":"2026-11-')
  expect(await readRecord(folder)).toHaveLength(happened.length)
  await writeFile(join(folder, recordName), '{"what":"dancing"}\n')
  await expect(readRecord(folder)).rejects.toThrow('is not a record of an exercise')
  await expect(readRecord(join(folder, 'nowhere'))).rejects.toThrow('contains no exercise')
})

test('a record that does not begin with the start of an exercise was cut or edited, and gives no debriefing', () => {
  expect(() => debriefPage(exerciseRecord().slice(1))).toThrow(
    expect.objectContaining({ message: 'The record of the exercise has no beginning', exit: 'usage' }),
  )
})
