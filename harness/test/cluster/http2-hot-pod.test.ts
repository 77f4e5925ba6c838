// The scenario as a user runs it, and the three ways in which the lab has to say that it is not as it should be.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { listObjects } from '../../kube/watch.ts'
import { armOf, changedScenario, expectVerdicts, lab, readRun, root, sharedKube, temporaryFolder } from './support.ts'

const labNamespaces = async (): Promise<readonly string[]> =>
  (await listObjects(sharedKube(), { apiVersion: 'v1', kind: 'Namespace' }))
    .map((each) => each.metadata?.name ?? '')
    .filter((name) => name.startsWith('lab-'))

test('http2-hot-pod is as expected, its run.json keeps the contract, its page asks nobody for anything', async () => {
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--out', out])
  expect(exitCode, all).toBe(0)

  const run = await readRun(out)
  expectVerdicts(run, {
    incident: 'reproduced',
    'l7-proxy': 'fixed',
    'client-side': 'fixed',
    'max-connection-age': 'mitigated',
    'more-replicas': 'no-effect',
  })
  expect(armOf(run, 'incident').kind).toBe('incident')
  expect(armOf(run, 'incident').metrics.top_share?.value).toBeGreaterThanOrEqual(0.95)
  for (const fix of ['l7-proxy', 'client-side'])
    expect(armOf(run, fix).metrics.effective_pods?.value).toBeGreaterThanOrEqual(0.9 * 3)
  expect(armOf(run, 'more-replicas').metrics.pods?.value, 'the remedy was applied').toBe(6)
  expect(armOf(run, 'more-replicas').metrics.requests_to_added_pods?.value).toBe(0)
  expect(Object.keys(armOf(run, 'l7-proxy').metrics)).toEqual(
    expect.arrayContaining([
      'effective_pods',
      'top_share',
      'top_share_per_second_median',
      'latency_p50',
      'latency_p99',
      'requests',
      'failed_requests',
      'achieved_rate_ratio',
      'send_lag_p99',
      'proxy_cpu_millicores',
      'proxy_memory_mib',
    ]),
  )

  const schema = JSON.parse(await readFile(join(root, 'reports/run.schema.json'), 'utf8')) as object
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  expect([validate(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))), validate.errors]).toEqual([true, null])

  expect(await labNamespaces(), 'nothing is left in the cluster').toEqual([])
  await expectReadablePage(join(out, 'report.html'))
})

/** In a real browser, with JavaScript off: every section is there, nothing is wider than a phone, no request is made. */
const expectReadablePage = async (path: string): Promise<void> => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage()
    const requested: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(`file://${path}`)
    expect(requested).toEqual([`file://${path}`])
    expect(await page.locator('h1').first().innerText()).toMatch(/reproduced/i)
    expect(await page.locator('svg:visible').count()).toBeGreaterThanOrEqual(7)
    const box = await page.locator('body').boundingBox()
    expect(box?.width).toBeLessThanOrEqual(390)
  } finally {
    await browser.close()
  }
}

test('a remedy that changes nothing is judged no-effect, and the run exits 1', async () => {
  const folder = await changedScenario('http2-hot-pod', {
    'remedies/client-side.yaml': [['', '']],
    'scenario.ts': [["difference: 'remedies/client-side.yaml'", "difference: 'remedies/nothing.yaml'"]],
    'remedies/nothing.yaml': [['', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-good-intention\n']],
  })
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'client-side', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  expect(exitCode, all).toBe(1)
  const run = await readRun(out)
  expectVerdicts(run, { 'client-side': 'no-effect' })
  expect(armOf(run, 'client-side')).toMatchObject({ expected: 'fixed', asExpected: false })
})

test('an incident arm without the fault is not reproduced, and the run exits 1', async () => {
  const folder = await changedScenario('http2-hot-pod', {
    'manifests/client.yaml': [['--target server:9000 --connections 1', '--target server:9000 --connections 30']],
  })
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  expect(exitCode, all).toBe(1)
  const run = await readRun(out)
  expectVerdicts(run, { incident: 'not-reproduced' })
  expect(armOf(run, 'incident').reason).toContain('connected pods')
})

test('an overloaded generator makes the run inconclusive, and it exits 4', async () => {
  const folder = await changedScenario('http2-hot-pod', { 'scenario.ts': [['rateRps: 120', 'rateRps: 3_000']] })
  const out = await temporaryFolder()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out], {
    LAB_SCENARIOS: folder,
  })
  expect(exitCode, all).toBe(4)
  const run = await readRun(out)
  expectVerdicts(run, { control: 'inconclusive' })
  expect(armOf(run, 'control').reason).toContain('the generator sent')
})
