// What a learner did is recognised by what became of the objects, in every scenario of the lab.
import { expect, test } from 'vitest'
import { armManifests, readScenarioFiles } from '../scenario/arm-manifests.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { knownRemedies, matchKnownRemedy } from './known-remedies.ts'

const lab = await Promise.all(
  (await loadScenarios()).map(async ({ scenario, folder }) => {
    const files = await readScenarioFiles(folder, scenario)
    const known = knownRemedies(scenario, (arm) => {
      const { deployed, whenConnected } = armManifests(files, arm, [])
      return whenConnected.length > 0 ? whenConnected : deployed
    })
    return { slug: scenario.slug, known }
  }),
)

const remedies = lab.flatMap(({ slug, known }) => known.map((remedy) => ({ slug, arm: remedy.arm, remedy, known })))

test('there are remedies in objects in most scenarios', () => {
  expect(lab.filter(({ known }) => known.length > 1).length).toBeGreaterThanOrEqual(4)
})

test.each(remedies)(
  '$slug: who did what $arm does, under other names and with something besides, did something like it',
  ({ remedy, known }) => {
    const others = remedy.changes.map((line) => (line.startsWith('made ') ? line.replace(/\/.*/, '/mine') : line))
    const like = matchKnownRemedy([...others, 'changed Deployment/client', '  spec.replicas: 1 → 2'], known)
    expect(like?.changes).toEqual(remedy.changes)
  },
)

test('more replicas are more replicas, however many and by whatever command', () => {
  const { known = [] } = lab.find(({ slug }) => slug === 'http2-hot-pod') ?? {}
  const like = matchKnownRemedy(['changed Deployment/server', '  spec.replicas: 3 → 50'], known)
  expect(like).toMatchObject({ arm: 'more-replicas', expected: 'no-effect' })
})

test('nothing, something else, and half of it are like nothing', () => {
  const { known = [] } = lab.find(({ slug }) => slug === 'missing-priority-class') ?? {}
  expect(matchKnownRemedy([], known)).toBeNull()
  expect(matchKnownRemedy(['changed Deployment/critical', '  spec.replicas: 1 → 2'], known)).toBeNull()
  expect(matchKnownRemedy(['made PriorityClass/mine'], known)).toBeNull()
})
