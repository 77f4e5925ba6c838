// Which folder may import which: the architecture as a table, and every import there is.
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Each room of the harness and what it may import besides itself and npm packages. Anything not named here is forbidden. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'harness/places.ts': [],
  'harness/is-alive.ts': [],
  'harness/extension.ts': ['harness/model'],
  'harness/index.ts': ['harness/model', 'harness/probe', 'harness/timeline'],
  'harness/side-by-side.ts': ['harness/model'],
  'harness/write-whole.ts': [],
  'harness/loopback.ts': ['harness/model'],
  'harness/model': [],
  'harness/stats': ['harness/model'],
  'harness/timeline': ['harness/model'],
  'harness/design': ['harness/model', 'harness/stats'],
  'harness/predict': ['harness/extension.ts', 'harness/model', 'harness/stats'],
  'harness/judge': ['harness/model', 'harness/predict', 'harness/stats', 'harness/timeline'],
  'harness/diff': ['harness/judge', 'harness/model', 'harness/stats'],
  'harness/report': ['harness/extension.ts', 'harness/model', 'harness/stats', 'harness/timeline'],
  'harness/events': ['harness/model'],
  'harness/live': ['harness/loopback.ts', 'harness/model', 'harness/report', 'harness/events'],
  'harness/artifact': ['harness/extension.ts', 'harness/is-alive.ts', 'harness/model', 'harness/places.ts'],
  'harness/kube': ['harness/model'],
  'harness/cluster': [
    'harness/artifact',
    'harness/extension.ts',
    'harness/kube',
    'harness/model',
    'harness/node',
    'harness/places.ts',
    'harness/side-by-side.ts',
    'harness/write-whole.ts',
    'kind-configs',
  ],
  'harness/load': ['harness/kube', 'harness/model'],
  'harness/node': ['harness/kube', 'harness/model'],
  'harness/remedy': ['harness/kube', 'harness/model'],
  'harness/recorder': ['harness/kube', 'harness/model', 'harness/timeline'],
  'harness/probe': ['harness/extension.ts', 'harness/kube', 'harness/model', 'harness/stats', 'harness/timeline'],
  'harness/scenario': [
    'harness/cluster',
    'harness/extension.ts',
    'harness/index.ts',
    'harness/kube',
    'harness/model',
    'harness/places.ts',
    'harness/predict',
    'harness/probe',
  ],
  'harness/measure': [
    'harness/artifact',
    'harness/cluster',
    'harness/design',
    'harness/kube',
    'harness/load',
    'harness/model',
    'harness/places.ts',
    'harness/probe',
    'harness/recorder',
    'harness/remedy',
    'harness/scenario',
    'harness/stats',
    'harness/events',
    'harness/timeline',
    'harness/side-by-side.ts',
    'harness/write-whole.ts',
  ],
  'harness/workshop': [
    'harness/cluster',
    'harness/design',
    'harness/is-alive.ts',
    'harness/judge',
    'harness/kube',
    'harness/live',
    'harness/load',
    'harness/loopback.ts',
    'harness/measure',
    'harness/model',
    'harness/places.ts',
    'harness/probe',
    'harness/recorder',
    'harness/scenario',
    'harness/events',
    'harness/timeline',
    'harness/side-by-side.ts',
    'harness/write-whole.ts',
  ],
  'harness/cli': [
    'harness/artifact',
    'harness/cluster',
    'harness/design',
    'harness/diff',
    'harness/extension.ts',
    'harness/judge',
    'harness/kube',
    'harness/live',
    'harness/measure',
    'harness/model',
    'harness/places.ts',
    'harness/predict',
    'harness/remedy',
    'harness/report',
    'harness/scenario',
    'harness/events',
    'harness/workshop',
    'harness/side-by-side.ts',
    'harness/write-whole.ts',
  ],
  'harness/bench': [
    'harness/cluster',
    'harness/design',
    'harness/judge',
    'harness/kube',
    'harness/live',
    'harness/measure',
    'harness/model',
    'harness/probe',
    'harness/scenario',
    'harness/stats',
    'harness/events',
  ],
  'kind-configs': ['harness/artifact', 'harness/model'],
  scenarios: ['harness/index.ts'],
  /** Folders of workloads that make an image, or an add-on. */
  artifacts: ['harness/artifact', 'harness/model', 'kind-configs', 'artifacts', 'libraries'],
  /** Folders of workloads with a program, which is bundled into the workload image: nothing of the harness is in there. */
  programs: ['libraries'],
  /** Folders of workloads that programs share. */
  libraries: ['libraries'],
}

/** The part of the tree a file belongs to. */
const placeOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/')
  if (top === 'harness') return `harness/${second}`
  if (top !== 'workloads') return top
  const has = (file: string): boolean => existsSync(join(root, top, second, file))
  if (has('image.ts') || has('add-on.ts')) return 'artifacts'
  return has('main.ts') ? 'programs' : 'libraries'
}

/** Scenarios and programs stand alone: one imports nothing of another. */
const unitOf = (path: string): string => {
  const place = placeOf(path)
  return place === 'scenarios' || place === 'programs' ? path.split('/').slice(0, 2).join('/') : place
}

const sources = async (): Promise<string[]> => {
  const folders = ['harness', 'scenarios', 'workloads', 'kind-configs']
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(join(root, folder), { recursive: true })).map((file) => join(folder, file))),
  )
  return files.flat().filter((file) => file.endsWith('.ts') && !file.startsWith('harness/test/'))
}

const importsOf = async (file: string): Promise<string[]> => {
  const text = await readFile(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"`](\.[^'"`$]+)['"`]/g)].map((match) =>
    relative(root, resolve(root, file, '..', match[1] ?? '')),
  )
}

test('no folder imports what the architecture does not let it import', async () => {
  const forbidden: string[] = []
  for (const file of await sources()) {
    const from = placeOf(file)
    const isTest = file.endsWith('.test.ts')
    for (const target of await importsOf(file)) {
      const to = placeOf(target)
      const forTests = isTest && (to === 'harness/test' || (file.startsWith('workloads/') && target.startsWith('workloads/')))
      if (unitOf(file) !== unitOf(target) && !allowed[from]?.includes(to) && !forTests)
        forbidden.push(`${file} imports ${target}`)
    }
  }
  expect(forbidden).toEqual([])
})

test('every place of the tree is in the table', async () => {
  const places = new Set((await sources()).map(placeOf))
  expect([...places].filter((place) => !(place in allowed))).toEqual([])
})

test('only the command line reads arguments and ends the process', async () => {
  const offenders: string[] = []
  for (const file of (await sources()).filter((each) => each.startsWith('harness/') && !each.startsWith('harness/cli/'))) {
    if (/process\.(argv|exit\b|exitCode)/.test(await readFile(join(root, file), 'utf8'))) offenders.push(file)
  }
  expect(offenders).toEqual([])
})
