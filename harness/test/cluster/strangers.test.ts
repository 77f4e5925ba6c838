// Containers of others that appear while the lab works, and an engine that is slow once: on a real engine nothing is lost.
import { chmod, copyFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { kubeconfigPath } from '../../places.ts'
import { lab, said, temporaryFolder } from './support.ts'

const containersOf = async (cluster: string): Promise<string> =>
  (await execa('docker', ['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=io.x-k8s.kind.cluster=${cluster}`])).stdout

/** PATH with a `docker` that is the real one, but for a line of sh: `$count` says how often it was called with these first words. */
const dockerThat = async (words: string, line: string): Promise<string> => {
  const folder = await temporaryFolder()
  const { stdout: real } = await execa('sh', ['-c', 'command -v docker'])
  const program = `#!/bin/sh
case "$*" in "${words}"*) echo x >> ${folder}/calls; count=$(wc -l < ${folder}/calls); docker=${real}; ${line} ;; esac
exec ${real} "$@"
`
  await writeFile(join(folder, 'docker'), program)
  await chmod(join(folder, 'docker'), 0o755)
  return `${folder}${delimiter}${process.env['PATH']}`
}

test('a kept cluster stays as it is where the engine gives no answer to a question of `lab up`', async () => {
  const before = await containersOf('incident-lab')
  const PATH = await dockerThat('info', '[ $count != 3 ] || { echo "context deadline exceeded" >&2; exit 1; }')
  const { exitCode, all } = await lab(['up'], { PATH })
  expect([0, 3], all).toContain(exitCode)
  expect(await containersOf('incident-lab')).toBe(before)
  const { stdout } = await lab(['status', '--json'])
  expect(stdout).toContain('"ready"')
})

test('a container of a cluster of the same name that appears while `lab up` looks for nodes survives it', async () => {
  const cluster = 'lab-test-appears'
  const env = { LAB_STATE: await temporaryFolder(), LAB_CLUSTER: cluster }
  const image = (await execa('docker', ['image', 'ls', '--quiet'])).stdout.split('\n')[0] ?? ''
  const labels = `--label io.x-k8s.kind.cluster=${cluster} --label io.x-k8s.kind.role=worker`
  const plant = `[ $count != 3 ] || { $docker "$@"; $docker create --name lab-test-planted ${labels} ${image} sleep infinity >/dev/null; exit; }`
  const PATH = await dockerThat('ps --all --no-trunc --filter label=', plant)
  onTestFinished(async () => void (await execa('docker', ['rm', '--force', 'lab-test-planted'], { reject: false })))
  onTestFinished(async () => void (await lab(['down'], env)))
  const { exitCode, all } = await lab(['up', '--workers', '1'], { ...env, PATH })
  expect([0, 1, 3], all).toContain(exitCode)
  await lab(['down'], env)
  const ofCluster = `label=io.x-k8s.kind.cluster=${cluster}`
  const { stdout } = await execa('docker', ['ps', '--all', '--format', '{{.Names}}', '--filter', ofCluster])
  expect(stdout).toBe('lab-test-planted')
})

test('two labs with state folders of their own and one cluster name: the second waits, then leaves the cluster of the first alone', async () => {
  const LAB_CLUSTER = 'lab-test-twice'
  const [one, other] = [await temporaryFolder(), await temporaryFolder()]
  onTestFinished(async () => void (await lab(['down'], { LAB_CLUSTER, LAB_STATE: one })))
  const first = lab(['up', '--workers', '1'], { LAB_CLUSTER, LAB_STATE: one })
  await said(first, 'create cluster')
  const second = lab(['up', '--workers', '1'], { LAB_CLUSTER, LAB_STATE: other })
  await said(second, `wait for another lab with a cluster ${LAB_CLUSTER} on this engine`)
  const [made, refused] = await Promise.all([first, second])
  expect(made.exitCode, made.all).toBe(0)
  expect(refused.exitCode, refused.all).toBe(3)
  expect(refused.all).toContain(`A cluster named ${LAB_CLUSTER} exists, but this lab did not create it`)
  const { stdout } = await lab(['status', '--json'], { LAB_CLUSTER, LAB_STATE: one })
  expect(stdout).toContain('"ready"')
})

test('a cluster that answers to a kubeconfig in the state folder, and that no record names, is not used', async () => {
  const LAB_STATE = await temporaryFolder()
  await copyFile(kubeconfigPath(), join(LAB_STATE, 'kubeconfig'))
  const { exitCode, all } = await lab(['remedy', 'strip-finalizers', '--namespace', 'default', '--dry-run'], { LAB_STATE })
  expect(exitCode, all).toBe(3)
  expect(all).toContain('the lab recorded none for its own cluster')
})
