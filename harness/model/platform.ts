// A platform: how a cluster is configured besides its nodes. A file of kind-configs/platforms/, or one of the user's own.
import * as z from 'zod'

/** Flags of a component, without their dashes. */
const Flags = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'the name of a flag, without its dashes'), z.string())

const Quantities = z.record(z.string(), z.string())

/** Fields of KubeletConfiguration. A kubelet ignores a field that it does not know, so the lab refuses all but these. */
const Kubelet = z
  .strictObject({
    containerLogMaxFiles: z.int().min(2),
    containerLogMaxSize: z.string(),
    cpuCFSQuota: z.boolean(),
    /** Of 100 ms by default. */
    cpuCFSQuotaPeriod: z.string().regex(/^\d+ms$/, 'milliseconds, such as 20ms'),
    cpuManagerPolicy: z.enum(['none', 'static']),
    evictionHard: Quantities,
    kubeReserved: Quantities,
    localStorageCapacityIsolation: z.boolean(),
    maxPods: z.int().min(10),
    reservedSystemCPUs: z.string(),
    serializeImagePulls: z.boolean(),
    singleProcessOOMKill: z.boolean(),
    syncFrequency: z.string(),
    systemReserved: Quantities,
  })
  .partial()

const Fields = z.strictObject({
  /** One line for `lab platforms`. */
  summary: z.string().min(1),
  /** A minor version, such as v1.36; without it, that of the running cluster, else the lab's default. */
  kubernetes: z
    .string()
    .regex(/^v\d+\.\d+$/, 'a minor version, such as v1.36')
    .optional(),
  kubeProxyMode: z.enum(['iptables', 'nftables']).optional(),
  /** Of all components. */
  featureGates: z.record(z.string().regex(/^[A-Z]\w*$/, 'the name of a feature gate'), z.boolean()).default({}),
  kubelet: Kubelet.default({}),
  apiServer: Flags.default({}),
  controllerManager: Flags.default({}),
  scheduler: Flags.default({}),
})

/** The control plane's components with flags of their own. */
export const components = ['apiServer', 'controllerManager', 'scheduler'] as const

/** What a file says. Settings that contradict each other are refused: the cluster would not come up, or ignore one of them. */
export const PlatformFile = Fields.superRefine(({ kubelet, featureGates, ...flags }, context) => {
  const refuse = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message })
  const { cpuCFSQuotaPeriod: period, cpuCFSQuota: quota } = kubelet
  if (period !== undefined && quota === false)
    refuse(['kubelet', 'cpuCFSQuotaPeriod'], 'cpuCFSQuota is false: without a quota there is no period')
  if (period !== undefined && period !== '100ms' && featureGates['CustomCPUCFSQuotaPeriod'] !== true)
    refuse(
      ['kubelet', 'cpuCFSQuotaPeriod'],
      'the kubelet takes a period other than 100ms only with featureGates.CustomCPUCFSQuotaPeriod: true',
    )
  const reserved = [kubelet.kubeReserved?.['cpu'], kubelet.systemReserved?.['cpu'], kubelet.reservedSystemCPUs]
  if (kubelet.cpuManagerPolicy === 'static' && reserved.every((each) => each === undefined))
    refuse(
      ['kubelet', 'cpuManagerPolicy'],
      'static needs CPUs that are reserved: kubeReserved.cpu, systemReserved.cpu or reservedSystemCPUs',
    )
  for (const component of components)
    if ('feature-gates' in flags[component]) refuse([component, 'feature-gates'], 'name feature gates under featureGates')
})
export type PlatformFile = z.infer<typeof PlatformFile>

/** As a cluster and a run record it. */
export const Platform = Fields.extend({ name: z.string() })
export type Platform = z.infer<typeof Platform>

/** The one without settings of its own. */
export const defaultPlatform: Platform = Platform.parse({ name: 'default', summary: 'as kind and kubeadm configure a cluster' })
