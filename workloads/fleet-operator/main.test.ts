// Decides how the program starts, that its health check answers, and how it ends.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSmallApiServer } from '../controller/small-api-server.ts'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import { readSettings } from './environment.ts'

const lease = '/apis/coordination.k8s.io/v1/namespaces/lab/leases/fleet-operator'

test('in a pod the namespace is the only setting it needs', () => {
  expect(readSettings({ NAMESPACE: 'lab', KUBERNETES_SERVICE_HOST: '10.96.0.1' })).toEqual({
    kind: 'valid',
    settings: { namespace: 'lab', port: 8080 },
  })
})

describe.concurrent('fleet-operator', () => {
  test('on SIGTERM it gives the Lease back and exits with 0', async ({ onTestFinished }) => {
    const { server, api } = await startSmallApiServer(onTestFinished)
    const folder = await mkdtemp(join(tmpdir(), 'fleet-operator-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'kubeconfig')
    await writeFile(path, api.config.exportConfig())
    const environment = { NAMESPACE: 'lab', PORT: '0', KUBECONFIG: path }
    const program = startProgram('fleet-operator', { environment }, onTestFinished)
    const { port } = await eventOf<{ readonly port: number }>(program, 'started')
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    const { me } = await eventOf<{ readonly me: string }>(program, 'leading')
    expect(server.objects.get(lease)?.spec?.['holderIdentity']).toBe(me)
    program.process.kill('SIGTERM')
    expect(await eventOf(program, 'stopped')).toMatchObject({ signal: 'SIGTERM' })
    expect((await program.ended).code).toBe(0)
    expect(server.objects.get(lease)?.spec?.['holderIdentity']).toBe('')
  })

  test('a wrong environment ends it with 2 and every problem', async ({ onTestFinished }) => {
    const environment = { NAMESPACE: '', PORT: 'http', KUBECONFIG: '' }
    const { code, stderr } = await startProgram('fleet-operator', { environment }, onTestFinished).ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/NAMESPACE is missing.*\n.*PORT is 'http'.*\n.*KUBECONFIG is missing/)
  })
})
