// Platforms for real: what a platform's file says is what kubelet, kube-proxy and control plane of its cluster say of themselves.
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readMachine } from '../../cluster/kind/machine.ts'
import { platforms } from '../../cluster/kind/platforms.ts'
import { connect } from '../../kube/client.ts'
import { components } from '../../model/platform.ts'
import { lab } from '../cluster/support.ts'

const name = 'test-platform'
const Configz = z.object({ kubeletconfig: z.looseObject({ featureGates: z.record(z.string(), z.boolean()).optional() }) })

afterAll(async () => {
  await lab(['down', '--name', name])
})

const { cgroup } = await readMachine()
const ofDefaultVersion = (await platforms()).filter(
  ({ kubernetes, kubelet }) => kubernetes === undefined && (cgroup === 'v2' || !kubelet.singleProcessOOMKill),
)

test.each(ofDefaultVersion)('$name: every component has the settings of the file', async (platform) => {
  const up = await lab(['up', '--platform', platform.name, '--workers', '1', '--ready-within', '600', '--name', name])
  expect(up.exitCode, up.all).toBe(0)
  const { stdout } = await lab(['status', '--json', '--name', name])
  const status = z.object({ kubeconfigPath: z.string(), platform: z.object({ name: z.string() }) }).parse(JSON.parse(stdout))
  expect(status.platform.name).toBe(platform.name)
  const { core } = connect(status.kubeconfigPath, `kind-incident-lab-${name}`, null)
  const text = await core.connectGetNodeProxyWithPath({ name: `incident-lab-${name}-worker`, path: 'configz' })
  const { kubeletconfig } = Configz.parse(JSON.parse(text))
  expect(kubeletconfig).toMatchObject(platform.kubelet)
  expect(kubeletconfig.featureGates ?? {}).toMatchObject(platform.featureGates)
  const { data } = await core.readNamespacedConfigMap({ name: 'kube-proxy', namespace: 'kube-system' })
  expect(parse(data?.['config.conf'] ?? '')).toMatchObject({ mode: platform.kubeProxyMode ?? 'iptables' })
  const { items } = await core.listNamespacedPod({ namespace: 'kube-system', labelSelector: 'tier=control-plane' })
  const flags = items.flatMap(({ spec }) => spec?.containers.flatMap(({ command = [] }) => command) ?? [])
  for (const component of components)
    for (const [flag, value] of Object.entries(platform[component])) expect(flags).toContain(`--${flag}=${value}`)
})
