import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { but, hotPod, later, slower, threeDays, throttling } from '../test/fixtures/accepted-runs.ts'
import { readAcknowledged } from './acknowledged.ts'
import type { Acknowledgement } from './acknowledged.ts'
import { diffRuns } from './diff-runs.ts'

const file = async (text: string): Promise<string> => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-known-')), 'known.yaml')
  await writeFile(path, text)
  return path
}

/** The lines of evidence, without the folder. */
const problems = async (text: string): Promise<string[]> => {
  const path = await file(text)
  const error: unknown = await readAcknowledged(path).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ exit: 'usage', message: `${path} cannot be read as acknowledgements` })
  return error instanceof LabError ? (error.details.evidence ?? []).map((line) => line.replace(path, 'known.yaml')) : []
}

test('a file is a list of what is known, with a reason and an end; one with comments alone has nothing in it', async () => {
  const text = `
- scenario: http2-hot-pod
  arm: l7-proxy
  what: verdict
  reason: Envoy 1.40 balances otherwise
  until: 2026-12-31
- { scenario: http2-hot-pod, arm: istio, reason: known, until: "2027-01-31" }
`
  expect(await readAcknowledged(await file(text))).toEqual([
    {
      scenario: 'http2-hot-pod',
      arm: 'l7-proxy',
      what: 'verdict',
      reason: 'Envoy 1.40 balances otherwise',
      until: '2026-12-31',
    },
    { scenario: 'http2-hot-pod', arm: 'istio', reason: 'known', until: '2027-01-31' },
  ])
  expect(await readAcknowledged(await file('# nothing\n'))).toEqual([])
})

test('all problems of a file are reported at once, each with its line', async () => {
  const text = `- scenario: http2-hot-pod
  arm: l7-proxy
  reason: ' '
  until: 2026-02-30
- scenario: http2-hot-pod
  reason: known
  until: tomorrow
  untl: 2026-12-31
`
  expect(await problems(text)).toEqual([
    expect.stringMatching(/^known\.yaml:3: reason: /),
    expect.stringMatching(/^known\.yaml:4: until: /),
    expect.stringMatching(/^known\.yaml:5: arm: /),
    expect.stringMatching(/^known\.yaml:7: until: /),
    expect.stringMatching(/^known\.yaml:5: .*untl/),
  ])
})

test.each([
  ['what is no YAML', '- scenario: [\n- arm: }', /^known\.yaml:2: /],
  ['what is no list', 'scenario: http2-hot-pod', /^known\.yaml:1: .*array/],
  ['a list of lines', '- http2-hot-pod\n- istio', /^known\.yaml:1: .*object/],
  [
    'aliases upon aliases',
    `a: &a [x,x]\n${'bcdefgh'.replaceAll(/./g, (at) => `${at}: &${at} [${`*${String.fromCodePoint((at.codePointAt(0) ?? 0) - 1)},`.repeat(9)}]\n`)}`,
    /alias/i,
  ],
])('%s is refused', async (_, text, wanted) => {
  expect((await problems(text))[0]).toMatch(wanted)
})

test('a file that is not there is refused, and says so', async () => {
  await expect(readAcknowledged('/no/such/file.yaml')).rejects.toMatchObject({
    exit: 'usage',
    details: { evidence: [expect.stringContaining('ENOENT')] },
  })
})

const known = (more: Partial<Acknowledgement>): Acknowledgement => ({
  scenario: 'http2-hot-pod',
  arm: 'l7-proxy',
  reason: 'known',
  until: '2026-12-31',
  ...more,
})
const broken = but(hotPod, 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false }))

test('a regression that is acknowledged is shown with its reason and is none; another one still is', () => {
  const diff = diffRuns(threeDays(hotPod), broken, { acknowledged: [known({ what: 'verdict' })] })
  expect(diff.answer).toBe('nothing')
  expect(diff.scenarios[0]?.arms.find(({ name }) => name === 'l7-proxy')?.verdict).toMatchObject({
    change: 'regressed',
    acknowledged: { reason: 'known', until: '2026-12-31' },
  })
  expect(diff.acknowledged).toMatchObject([{ arm: 'l7-proxy', state: 'holds' }])
  const both = but(broken, 'ingress', () => ({ verdict: 'no-effect', asExpected: false }))
  expect(diffRuns(threeDays(hotPod), both, { acknowledged: [known({})] }).answer).toBe('regressed')
})

test('a metric is acknowledged by its name, or with all of its arm, and not by the word verdict', () => {
  const slow = but(throttling, 'incident', slower(2.2))
  const of = { scenario: 'cpu-limit-throttling', arm: 'incident' }
  const answer = (more: Partial<Acknowledgement>) =>
    diffRuns(threeDays(throttling), slow, { acknowledged: [known({ ...of, ...more })] }).answer
  expect([answer({ what: 'latency_p99' }), answer({}), answer({ what: 'verdict' })]).toEqual(['nothing', 'nothing', 'regressed'])
})

test('it holds to the end of its last day; then the regression counts again, and it is said to have ended', () => {
  const on = (startedAt: string, until: string) =>
    diffRuns(threeDays(hotPod), { ...later(broken), startedAt }, { acknowledged: [known({ until })] })
  expect(on('2026-12-31T23:59:59.000Z', '2026-12-31').answer).toBe('nothing')
  const after = on('2027-01-01T00:00:00.000Z', '2026-12-31')
  expect(after).toMatchObject({ answer: 'regressed', acknowledged: [{ state: 'ended' }] })
  expect(after.scenarios[0]?.arms.find(({ name }) => name === 'l7-proxy')?.verdict.acknowledged).toBeNull()
})

test('of two for the same thing the one that has not ended holds', () => {
  const { answer, acknowledged } = diffRuns(threeDays(hotPod), broken, {
    acknowledged: [known({ until: '2026-01-01' }), known({})],
  })
  expect([answer, ...acknowledged.map(({ state }) => state)]).toEqual(['nothing', 'ended', 'holds'])
})

test('entries that match nothing are reported', () => {
  expect(
    diffRuns(threeDays(hotPod), later(hotPod), { acknowledged: [known({}), known({ arm: 'l7-porxy' })] }).acknowledged.map(
      ({ state }) => state,
    ),
  ).toEqual(['unmatched', 'unmatched'])
})
