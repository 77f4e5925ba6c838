import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { loadScenarios, selectScenarios } from './load-scenarios.ts'
import { selectArms } from './select-arms.ts'

const real = resolve(import.meta.dirname, '../../scenarios')
afterEach(() => vi.unstubAllEnvs())

/** Lines of the error about a folder whose scenario file is this. */
const problemsOf = async (source: string): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-scenarios-'))
  await mkdir(join(folder, 'broken'))
  await writeFile(join(folder, 'broken/scenario.ts'), source)
  vi.stubEnv('LAB_SCENARIOS', folder)
  const error = await loadScenarios().catch((thrown: unknown) => thrown)
  return error instanceof LabError ? (error.details.evidence ?? []) : []
}

test('every scenario of the repository is sound', async () => {
  expect((await loadScenarios()).map(({ scenario }) => scenario.slug)).toContain('http2-hot-pod')
})

test('all problems of a broken scenario come at once, each with its file and line', async () => {
  const problems = await problemsOf(`export default {
  slug: 'Broken Slug',
  title: 'x',
  story: 'x',
  sources: ['not a url'],
  shape: 'lab',
  arms: {},
  probes: {},
}
`)
  const named = problems.map((problem) => /scenario\.ts:(\d+): ([\w.]+)/.exec(problem)?.slice(1, 3).join(' '))
  expect(named).toEqual(expect.arrayContaining(['2 slug', '5 sources.0']))
  expect(problems.join('\n')).toMatch(/trial.*\n?.*expect/s)
})

test('a file that is not TypeScript is named, with what the parser said', async () => {
  const [problem] = await problemsOf('export default {')
  expect(problem).toContain('broken/scenario.ts')
})

test('a difference, a probe and a shape that do not exist are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-scenarios-'))
  await cp(join(real, 'http2-hot-pod/scenario.ts'), join(folder, 'http2-hot-pod/scenario.ts'), { recursive: true })
  const source = await import('node:fs/promises').then(({ readFile }) =>
    readFile(join(folder, 'http2-hot-pod/scenario.ts'), 'utf8'),
  )
  const moved = source
    .replace("'../../harness/index.ts'", `'${resolve(import.meta.dirname, '../index.ts')}'`)
    .replace("shape: 'lab'", "shape: 'no-such-shape'")
    .replace("'pod-share'", "'no-such-probe'")
  await writeFile(join(folder, 'http2-hot-pod/scenario.ts'), moved)
  vi.stubEnv('LAB_SCENARIOS', folder)
  const error = await loadScenarios().catch((thrown: unknown) => thrown)
  const text = error instanceof LabError ? error.explain().join('\n') : ''
  expect(text).toMatch(/scenario\.ts:\d+: shape: there is no file .*no-such-shape\.yaml/)
  expect(text).toMatch(/scenario\.ts:\d+: probes\.no-such-probe: there is no file/)
  expect(text).toMatch(/arms\.l7-proxy\.difference: there is no file .*l7-proxy\.yaml/)
})

test('an unknown scenario is refused as wrong usage, with the near miss', async () => {
  const all = await loadScenarios()
  expect(() => selectScenarios(all, ['http2-hot-pot'])).toThrow(
    expect.objectContaining({
      exit: 'usage',
      details: expect.objectContaining({ why: expect.stringContaining('did you mean http2-hot-pod?') }),
    }),
  )
})

test('control and incident are measured with every arm, in the order of the scenario', async () => {
  const [hotPod] = selectScenarios(await loadScenarios(), ['http2-hot-pod'])
  if (!hotPod) throw new Error('no scenario')
  expect(selectArms(hotPod.scenario, ['l7-proxy'], 'full')).toEqual(['control', 'incident', 'l7-proxy'])
  expect(() => selectArms(hotPod.scenario, ['l7-proxi'], 'full')).toThrow(/has no arm l7-proxi/)
})
