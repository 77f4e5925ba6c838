import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { problemsWith } from '../test/fixtures/problems-with.ts'
import { chooseScenarios, loadScenarios, scenariosOfSuite, selectScenarios } from './load-scenarios.ts'
import { newScenario } from './new-scenario.ts'
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
  const source = await readFile(join(folder, 'http2-hot-pod/scenario.ts'), 'utf8')
  const moved = source
    .replace("'../../harness/index.ts'", `'${resolve(import.meta.dirname, '../index.ts')}'`)
    .replace("shape: 'lab'", "shape: 'no-such-shape'")
    .replace("'pod-share'", "'no-such-probe'")
  await writeFile(join(folder, 'http2-hot-pod/scenario.ts'), moved)
  vi.stubEnv('LAB_SCENARIOS', folder)
  const error = await loadScenarios().catch((thrown: unknown) => thrown)
  const text = error instanceof LabError ? error.explain().join('\n') : ''
  expect(text).toMatch(/scenario\.ts:\d+: shape: .*no-such-shape\.yaml/)
  expect(text).toMatch(/scenario\.ts:\d+: probes\.no-such-probe: .*no-such-probe\.ts/)
  expect(text).toMatch(/arms\.l7-proxy\.difference: .*l7-proxy\.yaml/)
})

test('a suite is every scenario that names it; an unknown one is refused with the one that was meant', async () => {
  const slugs = (await scenariosOfSuite('article')).map(({ scenario }) => scenario.slug)
  expect(slugs).toEqual(expect.arrayContaining(['cpu-limit-throttling', 'stale-configmap']))
  await expect(scenariosOfSuite('artcle')).rejects.toMatchObject({
    message: 'There is no suite artcle',
    details: { why: expect.stringMatching(/^did you mean article\?/) },
  })
})

test('a probe of the scenario itself lies in its folder; a second one of that name is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-own-probe-'))
  const scenario = await newScenario('own-probe', folder)
  await mkdir(join(scenario, 'probes'))
  const text = `import { defineProbe, z } from '${resolve(import.meta.dirname, '../index.ts')}'
export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({ own: { label: 'own', unit: 'things', combined: 'sum', observation: 'trial' } }),
  start: async () => ({ end: async () => ({ metrics: { own: 1 } }) }),
})
`
  await writeFile(join(scenario, 'probes/own.ts'), text)
  const source = await readFile(join(scenario, 'scenario.ts'), 'utf8')
  await writeFile(join(scenario, 'scenario.ts'), source.replace('probes: {', 'probes: { own: {},'))
  expect((await chooseScenarios([scenario])).map((each) => each.scenario.slug)).toEqual(['own-probe'])
  await writeFile(join(scenario, 'probes/request-latency.ts'), text)
  await expect(chooseScenarios([scenario])).rejects.toMatchObject({
    details: {
      evidence: [
        expect.stringMatching(
          /probes\.request-latency: this name has more than one file: .*own-probe\/probes\/request-latency\.ts$/,
        ),
      ],
    },
  })
})

const episodes = 'missing-priority-class'
const deletes = "delete: { pods: 'critical', are: 'ready' },"

test('a step that applies and deletes, or does neither, is named with its line', async () => {
  for (const replacement of [`${deletes} apply: 'triggers/memory-hog.yaml',`, '']) {
    const { problems, line } = await problemsWith(episodes, deletes, replacement)
    expect(problems).toEqual([expect.stringMatching(`^${line - 3}: trial.steps.0: .*one of`)])
  }
})

test("a step's file that does not exist is named with its line, of an arm as well as of all", async () => {
  const ofAll = await problemsWith(episodes, deletes, "apply: 'triggers/nothing.yaml',")
  expect(ofAll.problems).toEqual([expect.stringMatching(`^${ofAll.line}: trial.steps.0.apply: .*/triggers/nothing.yaml`)])
  const ofArm = await problemsWith(episodes, "delete: { pods: 'critical', are: 'pending' },", "apply: 'remedies/nothing.yaml',")
  expect(ofArm.problems).toEqual([
    expect.stringMatching(`^${ofArm.line}: arms.restart-it.steps.0.apply: .*/remedies/nothing.yaml`),
  ])
})

test('a script that does not exist is named with its line, and arguments without one are refused', async () => {
  const script = await problemsWith(episodes, deletes, "run: 'remedies/nothing.sh',")
  expect(script.problems).toEqual([expect.stringMatching(`^${script.line}: trial.steps.0.run: .*/remedies/nothing.sh`)])
  const { problems } = await problemsWith(episodes, deletes, `${deletes} args: ['now'],`)
  expect(problems).toEqual([expect.stringContaining('trial.steps.0.args: ')])
})

test('nodes of size small-pool, and no others, say how many addresses they have', async () => {
  const message = 'trial: only nodes of size small-pool have addresses'
  const none = await problemsWith('orphaned-finalizers', 'addresses: 100', '')
  expect(none.problems).toEqual([expect.stringContaining(message)])
  const other = await problemsWith(episodes, 'quick: { blocks: 1,', 'quick: { blocks: 1, addresses: 24,')
  expect(other.problems).toEqual([expect.stringContaining(message)])
})

test('a difference of the pace that does not exist is named with its line', async () => {
  const { problems, line } = await problemsWith('orphaned-finalizers', "difference: 'quick.yaml'", "difference: 'slow.yaml'")
  expect(problems).toEqual([expect.stringMatching(`^${line}: trial.quick.difference: .*/slow.yaml`)])
})

test('a trigger that does not exist is named with its line', async () => {
  const { problems, line } = await problemsWith(episodes, 'triggers/memory-hog.yaml', 'triggers/nothing.yaml')
  expect(problems).toEqual([expect.stringMatching(`^${line}: trial.trigger: .*/triggers/nothing.yaml`)])
})

test('a variant that does not say what is expected of it is named, and so is a fix that does', async () => {
  const variant = await problemsWith(
    'log-flood-disk-pressure',
    "kind: 'variant',\n      expected: 'not-reproduced',",
    "kind: 'variant',",
  )
  expect(variant.problems).toEqual([expect.stringMatching(`^${variant.line - 1}: arms.empty-dir.expected: .*a variant`)])
  const fix = await problemsWith(episodes, "kind: 'fix',", "kind: 'fix', expected: 'reproduced',")
  expect(fix.problems).toEqual([expect.stringMatching(`^${fix.line}: arms.priority-class.expected: .*other arms must not`)])
})

test('steady load of one block is refused, and one episode is not', async () => {
  const steady = await problemsWith('http2-hot-pod', 'quick: { blocks: 3', 'quick: { blocks: 1')
  expect(steady.problems).toEqual([expect.stringMatching(`^${steady.line}: trial.quick.blocks: at least 2`)])
  expect(await problemsWith(episodes, 'full: { blocks: 6', 'full: { blocks: 1')).toMatchObject({ problems: [] })
})

test('the problem of a moment that is written wrongly is reported for the kind that was meant, with its line', async () => {
  const until = "until: [{ pods: 'critical', are: 'pending', for: '62s' }],"
  const misspelt = await problemsWith(episodes, until, until.replace("are: 'pending'", "are: 'pendin'"))
  expect(misspelt.problems).toEqual([expect.stringMatching(`^${misspelt.line}: trial.until.0.are: .*"pending"`)])
  const unitless = await problemsWith(episodes, until, until.replace('62s', '62'))
  expect(unitless.problems).toEqual([expect.stringMatching(`^${unitless.line}: trial.until.0.for: .*500ms`)])
  const unknownKey = await problemsWith(episodes, until, until.replace('for:', 'during:'))
  expect(unknownKey.problems).toEqual([expect.stringMatching(`^${unknownKey.line}: trial.until.0: .*"during"`)])
  const misnamed = await problemsWith(episodes, until, until.replace('pods:', 'pod:'))
  expect(misnamed.problems).toEqual([
    expect.stringMatching(`^${misnamed.line}: trial.until.0.pods: `),
    expect.stringMatching(`^${misnamed.line}: trial.until.0: .*"pod"`),
  ])
})

test('what the other kind of trial has is refused rather than left undone', async () => {
  const late = await problemsWith(
    episodes,
    "difference: 'remedies/priority-class.yaml'",
    "whenConnected: 'remedies/priority-class.yaml'",
  )
  expect(late.problems).toEqual([expect.stringContaining('arms: whenConnected and underLoad')])
  const ended = await problemsWith('http2-hot-pod', "kind: 'folk',", "kind: 'folk', until: [],")
  expect(ended.problems).toEqual([expect.stringContaining('arms: whenConnected and underLoad')])
})

test('a kind of trial that does not exist is named with those there are', async () => {
  const { problems, line } = await problemsWith(episodes, "kind: 'episode'", "kind: 'episodes'")
  expect(problems).toEqual([expect.stringMatching(`^${line}: trial.kind: .*'steady' \\| 'episode'`)])
})

test('what an episode, or steady load, would leave undone is refused', async () => {
  const message = 'arms: whenConnected and underLoad'
  const fix = "difference: 'remedies/priority-class.yaml',"
  const connected = await problemsWith(episodes, fix, fix.replace('difference', 'whenConnected'))
  expect(connected.problems).toEqual([expect.stringContaining(message)])
  const incident = "kind: 'incident',"
  for (const undone of [
    "until: [{ after: '5s' }],",
    "steps: [{ when: { after: '1s' }, what: 'x', delete: { pods: 'x', are: 'ready' } }],",
  ])
    expect((await problemsWith('http2-hot-pod', incident, `${incident} ${undone}`)).problems).toEqual([
      expect.stringContaining(message),
    ])
})

test('an arm that runs something under load is refused in an episode', async () => {
  const fix = "difference: 'remedies/priority-class.yaml',"
  const { problems } = await problemsWith(
    episodes,
    fix,
    `${fix} underLoad: { after: '1s', window: '20s', run: 'remedies/x.sh' },`,
  )
  expect(problems).toEqual([expect.stringContaining('arms: whenConnected and underLoad')])
})

test('an add-on and a script that do not exist are named, and so is an arm to be compared with that there is not', async () => {
  const addOn = await problemsWith('http2-hot-pod', "addOns: ['contour'],", "addOns: ['no-such-mesh'],")
  expect(addOn.problems).toEqual([expect.stringMatching(/arms\.ingress\.addOns\.0: .*no-such-mesh\/add-on\.ts/)])
  const script = await problemsWith('http2-hot-pod', 'remedies/scale-out.sh', 'remedies/no-such.sh')
  expect(script.problems).toEqual([expect.stringMatching(/underLoad\.run: .*remedies\/no-such\.sh/)])
  const against = await problemsWith('http2-hot-pod', "costAgainst: 'client-side'", "costAgainst: 'no-such-arm'")
  expect(against.problems).toEqual([expect.stringContaining('arms: costAgainst')])
})

test('a rule about a metric that no probe yields is named with its line and the near miss, in bounds and headlines too', async () => {
  const metricOf = await problemsWith('http2-hot-pod', "metric('top_share').atLeast", "metric('top_shar').atLeast")
  expect(metricOf.problems).toEqual([
    expect.stringMatching(`^${metricOf.line}: expect.reproduced.0: .* top_shar: .*top_share\\?`),
  ])
  const bound = await problemsWith(
    'cpu-limit-throttling',
    "of: 'incident.cpu_request_millicores'",
    "of: 'incident.cpu_request_milicores'",
  )
  expect(bound.problems).toEqual([expect.stringMatching(/expect\.fixed\.2: .* cpu_request_milicores/)])
  const headline = await problemsWith('http2-hot-pod', '{pods} pods', '{pod} pods')
  expect(headline.problems).toEqual([expect.stringMatching(`^${headline.line}: headline: .* pod:`)])
})

test('options that a probe does not take are named with their line', async () => {
  const { problems, line } = await problemsWith(episodes, "culprit: 'hog'", "culprits: 'hog'")
  expect(problems).toEqual([
    expect.stringMatching(`^${line}: probes.evictions: culprit: `),
    expect.stringMatching(`^${line}: probes.evictions: .*culprits`),
  ])
})

test('a probe of timelines is refused under steady load, and two probes that yield the same metric are, too', async () => {
  const steady = await problemsWith('http2-hot-pod', "'pod-share': {},", "'pod-share': {}, 'client-downtime': {},")
  expect(steady.problems).toEqual([expect.stringContaining('probes.client-downtime: ')])
})

test.each(['kit/probe', 'adoption'])('a helper of the probes is no probe: %s', async (name) => {
  const { problems } = await problemsWith('http2-hot-pod', "'pod-share': {},", `'pod-share': {}, '${name}': {},`)
  expect(problems).toEqual([expect.stringContaining(`probes.${name}`)])
})

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'lab-scenarios-'))

test('a new scenario is sound as it stands, and is chosen by its path', async () => {
  const folder = await newScenario('my-slug', await newFolder())
  const [chosen] = await chooseScenarios([folder])
  expect(chosen).toMatchObject({ folder, scenario: { slug: 'my-slug' } })
})

test('several folders of scenarios are one list, and two scenarios of one name are named', async () => {
  const [one, other] = [await newFolder(), await newFolder()]
  await newScenario('mine', one)
  vi.stubEnv('LAB_SCENARIOS', `${real}:${one}`)
  expect((await loadScenarios()).map(({ scenario }) => scenario.slug)).toEqual(expect.arrayContaining(['http2-hot-pod', 'mine']))
  await newScenario('mine', other)
  vi.stubEnv('LAB_SCENARIOS', `${one}:${other}`)
  await expect(loadScenarios()).rejects.toMatchObject({
    details: { evidence: [expect.stringMatching(/ mine/)] },
  })
})

test('a folder that is no scenario is refused with what it lacks and the command that makes one', async () => {
  const folder = join(await newFolder(), 'empty')
  await mkdir(folder)
  await expect(chooseScenarios([folder])).rejects.toMatchObject({
    exit: 'usage',
    details: {
      evidence: [expect.stringMatching(/empty: .*scenario\.ts; `lab new scenario empty`/)],
    },
  })
})

test('a new scenario overwrites nothing, and its name is checked before anything is written', async () => {
  const where = await newFolder()
  await newScenario('mine', where)
  await expect(newScenario('mine', where)).rejects.toMatchObject({
    exit: 'usage',
    message: expect.stringContaining('already exists'),
  })
  await expect(newScenario('Mine!', where)).rejects.toMatchObject({ exit: 'usage' })
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

test('a folder of scenarios that is not there is wrong usage', async () => {
  vi.stubEnv('LAB_SCENARIOS', '/nowhere')
  await expect(loadScenarios()).rejects.toMatchObject({
    message: '/nowhere cannot be read as a folder of scenarios',
    exit: 'usage',
    details: { why: expect.stringContaining('ENOENT') as unknown },
  })
})
