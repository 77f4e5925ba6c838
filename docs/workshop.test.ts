import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isThere } from '../harness/places.ts'
import { loadScenarios } from '../harness/scenario/load-scenarios.ts'

test('the guide of the workshop names each exercise, under the way in which its checks measure and in its table', async () => {
  const guide = await readFile(resolve(import.meta.dirname, 'workshop.md'), 'utf8')
  const named = (pattern: RegExp): string[] =>
    [...guide.matchAll(pattern)].flatMap(([, names = '']) => names.split(', ')).toSorted()
  const steady: string[] = []
  const episodes: string[] = []
  for (const { folder, scenario } of await loadScenarios())
    if (await isThere(join(folder, 'exercise.ts'))) (scenario.trial.kind === 'steady' ? steady : episodes).push(scenario.slug)
  expect(named(/\*\*Under steady load\*\* \(([^)]+)\)/g)).toEqual(steady.toSorted())
  expect([...named(/\*\*Episodes\*\* \(([^)]+)\)/g), ...named(/\*\*(orphaned-finalizers)\*\* is judged/g)].toSorted()).toEqual(
    episodes.toSorted(),
  )
  expect(named(/\]\(\.\.\/scenarios\/([\w-]+)\/TEACHING\.md\)/g)).toEqual([...steady, ...episodes].toSorted())
})
