// The connection to an API server, made from the lab's own kubeconfig file and no other.
import type {
  ApiException,
  CoreV1Api,
  KubeConfig,
  KubernetesObject,
  KubernetesObjectApi,
  RequestContext,
  VersionApi,
} from '@kubernetes/client-node'
import { LabError, messageOf } from '../model/lab-error.ts'
import { apiClient } from './api-client.ts'

export interface Kube {
  /** Value of the label that marks what the lab makes; null: the lab makes and removes nothing through this connection. */
  readonly owner: string | null
  readonly config: KubeConfig
  readonly core: CoreV1Api
  readonly objects: KubernetesObjectApi
  readonly version: VersionApi
}

/** The client opens a connection for each request, with a TLS handshake (2.0.1). Here all requests and watches share a pool of them. */
const pooledConfig = (): KubeConfig => {
  const config = new (apiClient().KubeConfig)()
  const authenticate = config.applySecurityAuthentication.bind(config)
  let pool: ReturnType<RequestContext['getDispatcher']>
  config.applySecurityAuthentication = async (context) => {
    await authenticate(context)
    pool ??= context.getDispatcher()
    if (pool) context.setDispatcher(pool)
  }
  return config
}

/** `context`: of the file; without it the one that is current there. One that is not there is an error. */
export const connect = (kubeconfigPath: string, context?: string, owner: string | null = null): Kube => {
  const { CoreV1Api, KubernetesObjectApi, VersionApi } = apiClient()
  const config = pooledConfig()
  config.loadFromFile(kubeconfigPath)
  if (context !== undefined) {
    if (!config.getContextObject(context))
      throw new LabError(`${kubeconfigPath} has no context ${context}`, {
        why: `it has: ${config.contexts.map(({ name }) => name).join(', ') || 'none'}`,
        exit: 'usage',
      })
    config.setCurrentContext(context)
  }
  return {
    owner,
    config,
    core: config.makeApiClient(CoreV1Api),
    objects: KubernetesObjectApi.makeApiClient(config),
    version: config.makeApiClient(VersionApi),
  }
}

/** An object as it stands in YAML: what the lab does not look at is kept as it is. */
export type Manifest = KubernetesObject & { readonly [field: string]: unknown }

export const nameOf = (manifest: Manifest): string => `${manifest.kind}/${manifest.metadata?.name}`

/** What the API server answered with something else than success. */
export const isRefused = (error: unknown): error is ApiException<unknown> => error instanceof apiClient().ApiException

/** The API server's own words of a refusal, HTTP noise left out; of a request without a reply, what kept it from one. */
export const refusal = (error: unknown): string => {
  if (!isRefused(error)) return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)
  const body: unknown = typeof error.body === 'string' ? parse(error.body) : error.body
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : String(error.body)
  return `${error.code} ${message}`
}

export const isNotFound = (error: unknown): boolean => isRefused(error) && error.code === 404

/** Such as a JSON patch whose test does not hold. */
export const isInvalid = (error: unknown): boolean => isRefused(error) && error.code === 422

/** The object is not the one that was meant: changed since, or another one of the same name. */
export const isConflict = (error: unknown): boolean => isRefused(error) && error.code === 409

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Sets labels of a node; null takes one off. `unschedulable`: whether new pods are kept off it; undefined: as it is. */
export const labelNode = async (
  kube: Kube,
  name: string,
  labels: Readonly<Record<string, string | null>>,
  unschedulable?: boolean,
): Promise<void> => {
  const spec = unschedulable === undefined ? {} : { spec: { unschedulable: unschedulable || null } }
  await kube.objects.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, ...spec } as never) // its types know no null
}
