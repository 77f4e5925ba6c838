import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { LabError } from '../model/lab-error.ts'
import { root } from '../test/fixtures/lab-command.ts'
import { loadScenarios } from './load-scenarios.ts'

afterEach(() => vi.unstubAllEnvs())

/** What `lab list` says of a scenario of the repository with this appended to one of its files. */
const problemsWith = async (file: string, appended: string): Promise<{ problems: readonly string[]; line: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-scenarios-'))
  const copy = join(folder, 'http2-hot-pod')
  await cp(join(root, 'scenarios/http2-hot-pod'), copy, { recursive: true })
  const scenario = await readFile(join(copy, 'scenario.ts'), 'utf8')
  await writeFile(join(copy, 'scenario.ts'), scenario.replace("'../../harness/index.ts'", `'${join(root, 'harness/index.ts')}'`))
  const before = await readFile(join(copy, file), 'utf8')
  await writeFile(join(copy, file), `${before}${appended}`)
  vi.stubEnv('LAB_SCENARIOS', folder)
  const error = await loadScenarios().catch((thrown: unknown) => thrown)
  const problems = error instanceof LabError ? (error.details.evidence ?? []) : []
  return { problems: problems.map((problem) => problem.slice(problem.indexOf(file))), line: before.split('\n').length }
}

const object = (kind: string, metadata: string): string => `---\napiVersion: v1\nkind: ${kind}\nmetadata: ${metadata}\n`

test.each(['manifests/server.yaml', 'remedies/l7-proxy.yaml'])(
  'an object of %s with a namespace of its own is named with file and line',
  async (file) => {
    const { problems, line } = await problemsWith(file, object('ConfigMap', '{ name: settings, namespace: kube-system }'))
    expect(problems).toEqual([expect.stringMatching(`^${file}:${line + 3}: .*namespace kube-system`)])
  },
)

test('an object of a cluster-wide kind that clean-up does not know is named with file and line', async () => {
  const { problems, line } = await problemsWith('manifests/server.yaml', object('StorageClass', '{ name: fast }'))
  expect(problems).toEqual([expect.stringMatching(`^manifests/server.yaml:${line + 2}: a StorageClass is cluster-wide`)])
})

test('kinds that clean-up knows are no problem', async () => {
  expect(await problemsWith('manifests/server.yaml', object('PriorityClass', '{ name: high }'))).toMatchObject({ problems: [] })
})
