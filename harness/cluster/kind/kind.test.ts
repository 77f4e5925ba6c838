import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

/** What a kind finds when the lab calls it: its environment, and the names in the state folder. One before it was killed. */
const foundByKind = async (env: Readonly<Record<string, string>>): Promise<{ environment: string; files: string[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-kind-'))
  const program = join(folder, 'kind')
  await writeFile(program, `#!/bin/sh\nls ${folder} > ${folder}/files\nenv > ${folder}/environment\n`)
  await chmod(program, 0o755)
  await writeFile(join(folder, 'kubeconfig.lock'), '')
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => url.endsWith('/kind-program.ts')
      ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(`export const kindProgram = async () => ${JSON.stringify(program)}`)} }
      : next(url, context) })
    const { createCluster } = await import(${JSON.stringify(join(import.meta.dirname, 'kind.ts'))})
    await createCluster({ step: (_, work) => work(() => {}), signal: AbortSignal.timeout(60_000) }, 'create', '', 'image')`
  await execa(process.execPath, ['--input-type=module', '--eval', script], { env: { ...env, LAB_STATE: folder } })
  const [environment, files] = await Promise.all(['environment', 'files'].map((name) => readFile(join(folder, name), 'utf8')))
  return { environment: environment ?? '', files: files?.split('\n') ?? [] }
}

test('settings of kind in the environment do not lead it to another engine, network or cluster: its network is the cluster’s own', async () => {
  const { environment } = await foundByKind({
    KIND_EXPERIMENTAL_PROVIDER: 'podman',
    KIND_CLUSTER_NAME: 'another',
    KIND_EXPERIMENTAL_DOCKER_NETWORK: 'another',
    KUBECONFIG: '/mine',
  })
  expect(environment.match(/^KIND_.*$/gm)).toEqual(['KIND_EXPERIMENTAL_DOCKER_NETWORK=kind-incident-lab'])
  expect(environment).not.toContain('/mine')
  expect(environment).toMatch(/^KUBECONFIG=\/.*\/kubeconfig$/m)
})

test('the lock of a kind that was killed keeps no other one from its kubeconfig', async () => {
  const { files } = await foundByKind({})
  expect(files).toContain('kind')
  expect(files).not.toContain('kubeconfig.lock')
})

test('proxies of the environment, and the passwords in their addresses, do not get into nodes', async () => {
  const { environment } = await foundByKind({ HTTPS_PROXY: 'http://me:secret@proxy:3128', no_proxy: 'example.com' })
  expect(environment).not.toMatch(/secret|no_proxy/i)
})
