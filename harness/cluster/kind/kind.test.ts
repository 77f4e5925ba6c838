import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

/** What a kind finds in its environment when the lab calls it with this one. */
const environmentOfKind = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-kind-'))
  const program = join(folder, 'kind')
  await writeFile(program, `#!/bin/sh\nenv > ${folder}/environment\n`)
  await chmod(program, 0o755)
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => url.endsWith('/kind-program.ts')
      ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(`export const kindProgram = async () => ${JSON.stringify(program)}`)} }
      : next(url, context) })
    const { deleteCluster } = await import(${JSON.stringify(join(import.meta.dirname, 'kind.ts'))})
    await deleteCluster({ step: (_, work) => work(() => {}), signal: AbortSignal.timeout(10_000) })`
  await execa(process.execPath, ['--input-type=module', '--eval', script], { env: { ...env, LAB_STATE: folder } })
  const { stdout } = await execa('cat', [join(folder, 'environment')])
  return stdout
}

test('settings of kind in the environment do not lead it to another engine, network or cluster', async () => {
  const found = await environmentOfKind({
    KIND_EXPERIMENTAL_PROVIDER: 'podman',
    KIND_CLUSTER_NAME: 'another',
    KUBECONFIG: '/mine',
  })
  expect(found).not.toMatch(/^KIND_/m)
  expect(found).not.toContain('/mine')
  expect(found).toMatch(/^KUBECONFIG=\/.*\/kubeconfig$/m)
})
