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
import { jsonOf } from '../model/json.ts'
import { LabError, messageOf } from '../model/lab-error.ts'
import { apiClient } from './api-client.ts'

export interface Kube {
  /** Value of the label that marks the lab's objects; null: the lab creates and removes nothing through this connection. */
  readonly owner: string | null
  readonly config: KubeConfig
  readonly core: CoreV1Api
  readonly objects: KubernetesObjectApi
  readonly version: VersionApi
}

/** The client opens a connection for each request, with a TLS handshake (2.0.1). This agent pools connections for all requests and watches. */
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

/** `context`: of the file; default: its current-context. Throws if it does not exist. */
export const connect = (kubeconfigPath: string, context?: string, owner: string | null = null): Kube => {
  const { CoreV1Api, KubernetesObjectApi, VersionApi } = apiClient()
  const config = pooledConfig()
  config.loadFromFile(kubeconfigPath)
  if (context !== undefined) {
    if (!config.getContextObject(context))
      throw new LabError(`${kubeconfigPath} has no context ${context}`, {
        why: `it has: ${config.contexts.map(({ name }) => name).join(', ') || 'none'}`,
        next: 'name a context of that file, or another file',
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

/** An object as in YAML: fields that the lab does not use stay unchanged. */
export type Manifest = KubernetesObject & { readonly [field: string]: unknown }

export const nameOf = (manifest: Manifest): string => `${manifest.kind}/${manifest.metadata?.name}`

/** Whether the API server refused the request. */
export const isRefused = (error: unknown): error is ApiException<unknown> => error instanceof apiClient().ApiException

/** The API server's own words of a refusal, HTTP noise left out; of a request without a reply, what kept it from one. */
export const refusal = (error: unknown): string => {
  if (!isRefused(error)) return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)
  const body: unknown = typeof error.body === 'string' ? (jsonOf(error.body) ?? error.body) : error.body
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : String(error.body)
  return `${error.code} ${message}`
}

export const isNotFound = (error: unknown): boolean => isRefused(error) && error.code === 404

/** For example a JSON patch whose test fails. */
export const isInvalid = (error: unknown): boolean => isRefused(error) && error.code === 422

/** The object has changed since, or is another one of the same name. */
export const isConflict = (error: unknown): boolean => isRefused(error) && error.code === 409

/** Sets labels of a node; null removes one. `unschedulable`: whether to cordon it; undefined: unchanged. */
export const labelNode = async (
  kube: Kube,
  name: string,
  labels: Readonly<Record<string, string | null>>,
  unschedulable?: boolean,
): Promise<void> => {
  const spec = unschedulable === undefined ? {} : { spec: { unschedulable: unschedulable || null } }
  await kube.objects.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, ...spec } as never) // its types do not allow null
}
