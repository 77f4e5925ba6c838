// Which folder may import which: the architecture as a table, held against every import there is.
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Each place and what it may import besides itself and npm packages. Anything not named here is forbidden. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'harness/model': [],
  'harness/stats': ['harness/model'],
  'harness/predict': ['harness/model', 'harness/stats'],
  'harness/plan': ['harness/model', 'harness/stats'],
  'harness/artefact': ['harness/model'],
  'harness/kube': ['harness/model'],
  'harness/cluster': ['harness/artefact', 'harness/kube', 'harness/model', 'kind-configs'],
  'harness/load': ['harness/kube', 'harness/model'],
  'harness/node': ['harness/kube', 'harness/model'],
  'harness/remedy': ['harness/kube', 'harness/model'],
  'harness/timeline': ['harness/kube', 'harness/model'],
  'harness/probe': ['harness/kube', 'harness/model', 'harness/stats'],
  'harness/report': ['harness/model', 'harness/stats'],
  'harness/run': [
    'harness/artefact',
    'harness/cluster',
    'harness/kube',
    'harness/load',
    'harness/model',
    'harness/node',
    'harness/plan',
    'harness/predict',
    'harness/probe',
    'harness/remedy',
    'harness/stats',
    'harness/timeline',
  ],
  'harness/cli': [
    'harness/artefact',
    'harness/cluster',
    'harness/kube',
    'harness/model',
    'harness/plan',
    'harness/predict',
    'harness/remedy',
    'harness/report',
    'harness/run',
  ],
  'harness/bench': ['harness/cluster', 'harness/kube', 'harness/model', 'harness/run', 'harness/stats'],
  'harness/index.ts': ['harness/model'],
  'kind-configs': ['harness/artefact', 'harness/model'],
  'workloads/image': ['harness/artefact', 'harness/model', 'kind-configs'],
  'workloads/envoy': ['harness/artefact', 'harness/model', 'kind-configs'],
  'workloads/istio': ['harness/artefact', 'harness/model', 'kind-configs', 'workloads/envoy'],
  'workloads/contour': ['harness/artefact', 'harness/model', 'kind-configs'],
  'workloads/postgres': ['harness/artefact', 'harness/model', 'kind-configs'],
  'workloads/config-reloader': [
    'harness/artefact',
    'harness/model',
    'workloads/controller',
    'workloads/image',
    'workloads/service',
  ],
  'workloads/controller': ['workloads/service'],
  'workloads/echo': [],
  'workloads/grpc-server': ['workloads/echo', 'workloads/service'],
  'workloads/open-loop': [],
  'workloads/grpc-load': ['workloads/echo', 'workloads/open-loop'],
  'workloads/http-server': ['workloads/service'],
  'workloads/http-load': ['workloads/open-loop'],
  'workloads/http-capacity': ['workloads/open-loop'],
  'workloads/cpu-burner': ['workloads/open-loop'],
  'workloads/db-reader': ['workloads/service'],
  'workloads/fleet-operator': ['workloads/controller', 'workloads/service'],
  'workloads/memory-hold': ['workloads/service'],
  'workloads/service': [],
  'workloads/log-flood': [],
  'workloads/network-check': [],
  'scenarios/http2-hot-pod': ['harness/index.ts'],
  'scenarios/cpu-limit-throttling': ['harness/index.ts'],
  'scenarios/log-flood-disk-pressure': ['harness/index.ts'],
  'scenarios/missing-priority-class': ['harness/index.ts'],
  'scenarios/orphaned-finalizers': ['harness/index.ts'],
  'scenarios/stale-configmap': ['harness/index.ts'],
}

/** The part of the tree a file belongs to. */
const placeOf = (path: string): string => {
  if (path === 'harness/index.ts' || path.startsWith('kind-configs/')) return path.startsWith('kind') ? 'kind-configs' : path
  return path.split('/').slice(0, 2).join('/')
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
      const forTests = isTest && (to === 'harness/test' || (from.startsWith('workloads/') && to.startsWith('workloads/')))
      if (from !== to && !allowed[from]?.includes(to) && !forTests) forbidden.push(`${file} imports ${target}`)
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
