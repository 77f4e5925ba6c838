// The exercises of the lab have what a learner needs, and an error names what does not fit the scenario.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadExercise } from './load-exercise.ts'
import { chooseScenarios, loadScenarios } from './load-scenarios.ts'
import { isThere, repositoryRoot } from '../places.ts'

test('each exercise has a pager and three hints, and a story if it is an episode', async () => {
  const known: string[] = []
  for (const loaded of await loadScenarios()) {
    if (!(await isThere(join(loaded.folder, 'exercise.ts')))) continue
    known.push(loaded.scenario.slug)
    const { pager, hints, story } = await loadExercise(loaded)
    expect(pager.length, loaded.scenario.slug).toBeGreaterThan(100)
    expect(hints).toHaveLength(3)
    expect(story !== undefined, loaded.scenario.slug).toBe(loaded.scenario.trial.kind === 'episode')
  }
  expect(known).toContain('http2-hot-pod')
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
  await expect(loadExercise(loaded)).rejects.toMatchObject({
    message: 'http2-hot-pod is not an exercise',
    details: { next: expect.stringContaining('docs/workshop.md lists the exercises') },
  })
})
