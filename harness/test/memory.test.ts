// What documents say of memory is what the lab computes for its clusters, as `lab doctor` does.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gib, memoryOf, workerCapacityOf } from '../cluster/kind/machine.ts'
import { memory } from '../cluster/kind/doctor/limits.ts'
import { steadyWorkers, usefulWorkers } from '../design/workers.ts'
import { root } from './fixtures/lab-command.ts'
import { scenariosOfLab } from './fixtures/scenarios-of-lab.ts'

const twoCpus = { cpus: 2, memoryBytes: 24 * gib, cgroup: 'v1', inotifyInstances: null } as const

/** GiB of a run of these on two CPUs. */
const memoryFor = async (isChosen: (suite: string | undefined, slug: string) => boolean): Promise<string> => {
  const chosen = (await scenariosOfLab('quick')).filter(({ loaded: { scenario } }) => isChosen(scenario.suite, scenario.slug))
  const { workers } = workerCapacityOf(twoCpus).recommended
  return memoryOf(Math.min(workers, usefulWorkers(chosen))).toFixed(1)
}

const demo = await memoryFor((_, slug) => slug === 'http2-hot-pod')
const lab = await memoryFor((suite) => suite === 'article')
const all = await memoryFor(() => true)
const learner = memoryOf(steadyWorkers).toFixed(1)

test.each([
  ['README.md', `\`make demo\` takes up to ${demo} GiB, \`make lab\` and \`make test\` up to ${lab} GiB on 2 CPUs`],
  ['docs/first-run.md', `${demo} GiB of memory`],
  ['docs/support.md', `up to ${all} GiB of memory`],
  ['docs/workshop.md', `of which the lab takes up to ${learner}`],
])('%s says of memory: %s', async (file, sentence) => {
  expect(lab, 'make lab and make test have as many workers').toBe(all)
  expect(await readFile(join(root, file), 'utf8')).toContain(sentence)
})

test('lab doctor warns of a machine without the memory for three workers', () => {
  const machine = { ...twoCpus, kernel: '', os: '', isHere: true }
  expect(memory({ ...machine, memoryBytes: 6.5 * gib })).toMatchObject({
    state: 'warning',
    why: `three workers take up to ${learner} GiB`,
  })
  expect(memory({ ...machine, memoryBytes: 7 * gib }).state).toBe('ok')
})

test.each(['README.md', 'docs/first-run.md', 'docs/support.md'])('%s says no other number of GiB of memory', async (file) => {
  const page = await readFile(join(root, file), 'utf8')
  for (const [, said] of page.matchAll(/([\d.]+) GiB of memory/g)) expect([demo, lab]).toContain(said)
})
