// A clean-up that another owner blocks.
import { expect, test } from 'vitest'
import { apply } from '../../kube/apply.ts'
import { mergePatch } from '../../kube/merge-patch.ts'
import { lab, said, sharedKube, temporaryFolder } from '../cluster/support.ts'

const namespace = 'lab-http2-hot-pod-control'

test('what clean-up cannot remove is named, with exit 5 also after Ctrl-C, and `lab clean` removes it when it can be', async () => {
  const kube = sharedKube()
  const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace, finalizers: ['test.example/held'] } }
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()])
  await said(running, 'measure')
  await apply(kube, [held])
  try {
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(exitCode, all).toBe(5)
    expect(all).toContain('Clean-up left something behind')
    expect(all).toMatch(new RegExp(`still there: ${namespace}: .*test.example/held in 1 resource instances`))
    expect((await lab(['clean', '--dry-run'])).stdout).toBe(`Namespace ${namespace}`)
  } finally {
    await mergePatch(kube, { ...held, metadata: { ...held.metadata, finalizers: [] } })
  }
  const { exitCode, all } = await lab(['clean'])
  expect(exitCode, all).toBe(0)
  expect((await lab(['clean', '--dry-run'])).stdout).toBe('nothing is left behind')
})
