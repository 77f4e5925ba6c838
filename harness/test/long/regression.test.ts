// What `lab diff` is for: a change for the worse, made on purpose, is found and named, and nothing else is.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { skipIfHostWasBusy } from '../cluster/noise.ts'
import { changedScenario, lab, measured, readRun, root, temporaryFolder } from '../cluster/support.ts'

const arms = ['run', 'http2-hot-pod', '--quick', '--arm', 'l7-proxy,more-replicas']

test('an Envoy that balances connections instead of requests is a regression of that arm alone, and two runs without a change are none', async (context) => {
  const [first, second, third] = await Promise.all([temporaryFolder(), temporaryFolder(), temporaryFolder()])
  for (const out of [first, second]) {
    const { exitCode, all } = await lab([...arms, '--out', out])
    expect(measured, all).toContain(exitCode)
    skipIfHostWasBusy(await readRun(out), context)
  }
  const remedy = await readFile(join(root, 'scenarios/http2-hot-pod/remedies/l7-proxy.yaml'), 'utf8')
  const LAB_SCENARIOS = await changedScenario(
    'http2-hot-pod',
    { 'remedies/l7-proxy.yaml': [[remedy, byConnection(remedy)]] },
    'own',
  )
  await lab([...arms, '--out', third], { LAB_SCENARIOS })

  const unchanged = await lab(['diff', first, second])
  expect([0, 4], unchanged.all).toContain(unchanged.exitCode)
  const regressed = await lab(['diff', second, third])
  expect(regressed.exitCode, regressed.all).toBe(1)
  expect(regressed.stdout).toMatch(/^Regressed: http2-hot-pod \(l7-proxy\)\./)
})

/** Envoy's filter for TCP where the one for HTTP was: it knows no requests. */
const byConnection = (remedy: string): string => {
  const http = /- name: envoy\.filters\.network\.http_connection_manager[^]*?(?=\n {6}clusters:)/
  const tcp = `- name: envoy.filters.network.tcp_proxy
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                    stat_prefix: grpc
                    cluster: server`
  return remedy.replace(http, tcp).replace(/ +typed_extension_protocol_options:[^]*?(?=---\n)/, '')
}
