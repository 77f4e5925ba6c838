// Every scenario of the lab is an exercise, and what does not fit its scenario is said.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadExercise } from './load-exercise.ts'
import { chooseScenarios, scenariosOfSuite } from './load-scenarios.ts'
import { repositoryRoot } from '../places.ts'

test('every incident of the article is an exercise', async () => {
  for (const loaded of await scenariosOfSuite('article')) {
    const { pager, hints, story } = await loadExercise(loaded)
    expect(pager.length, loaded.scenario.slug).toBeGreaterThan(100)
    expect(hints).toHaveLength(3)
    expect(story !== undefined, loaded.scenario.slug).toBe(loaded.scenario.trial.kind === 'episode')
  }
})

/** The scenario with a text of its exercise replaced. */
const changed = async (slug: string, from: string, to: string) => {
  const folder = join(await mkdtemp(join(tmpdir(), 'lab-test-')), slug)
  await cp(join(repositoryRoot, 'scenarios', slug), folder, { recursive: true })
  const harness = join(repositoryRoot, 'harness/index.ts')
  for (const file of ['scenario.ts', 'exercise.ts']) {
    const text = (await readFile(join(folder, file), 'utf8')).replace('../../harness/index.ts', harness)
    if (file === 'exercise.ts') expect(text).toContain(from)
    await writeFile(join(folder, file), file === 'exercise.ts' ? text.replace(from, to) : text)
  }
  const [loaded] = await chooseScenarios([folder])
  if (!loaded) throw new Error('it was chosen')
  return loaded
}

test.each([
  ['a repair that is no arm', 'http2-hot-pod', "solution: 'l7-proxy'", "solution: 'l8-proxy'", 'unknown arm l8-proxy'],
  [
    'a repair that is none',
    'http2-hot-pod',
    "solution: 'l7-proxy'",
    "solution: 'more-replicas'",
    'solution: more-replicas is not of kind fix',
  ],
  ['a script that is not there', 'stale-configmap', 'as-before.sh', 'as-ever.sh', 'there is no file triggers/as-ever.sh'],
  ['an unknown field', 'http2-hot-pod', 'pager:', 'beeper:', 'beeper'],
])('%s is said', async (_what, slug, from, to, message) => {
  const loaded = await changed(slug, from, to)
  await expect(loadExercise(loaded)).rejects.toSatisfy((error) =>
    (error as Error & { explain: () => string[] }).explain().join('\n').includes(message),
  )
})

test('a scenario without an exercise says what would make it one', async () => {
  const loaded = await changed('http2-hot-pod', 'pager', 'pager')
  await rm(join(loaded.folder, 'exercise.ts'))
  await expect(loadExercise(loaded)).rejects.toThrow('http2-hot-pod is not an exercise')
})
