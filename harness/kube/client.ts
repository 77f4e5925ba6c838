// The connection to an API server, made from the lab's own kubeconfig file and no other.
import { ApiException, CoreV1Api, KubeConfig, KubernetesObjectApi, VersionApi } from '@kubernetes/client-node'
import type { KubernetesObject, RequestContext } from '@kubernetes/client-node'
import { LabError } from '../model/lab-error.ts'

export interface Kube {
  readonly config: KubeConfig
  readonly core: CoreV1Api
  readonly objects: KubernetesObjectApi
  readonly version: VersionApi
}

/** The client opens a connection for each request, with a TLS handshake (2.0.1). Here all requests and watches share a pool of them. */
class PooledConfig extends KubeConfig {
  #pool: ReturnType<RequestContext['getDispatcher']>

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context)
    this.#pool ??= context.getDispatcher()
    if (this.#pool) context.setDispatcher(this.#pool)
  }
}

/** `context`: of the file; without it the one that is current there. One that is not there is an error. */
export const connect = (kubeconfigPath: string, context?: string): Kube => {
  const config = new PooledConfig()
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
    config,
    core: config.makeApiClient(CoreV1Api),
    objects: KubernetesObjectApi.makeApiClient(config),
    version: config.makeApiClient(VersionApi),
  }
}

/** An object as it stands in YAML: what the lab does not look at is kept as it is. */
export type Manifest = KubernetesObject & { readonly [field: string]: unknown }

export const nameOf = (manifest: Manifest): string => `${manifest.kind}/${manifest.metadata?.name}`

/** The API server's own words of a refusal; HTTP noise left out. */
export const refusal = (error: unknown): string => {
  if (!(error instanceof ApiException)) return String(error)
  const body: unknown = typeof error.body === 'string' ? parse(error.body) : error.body
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : String(error.body)
  return `${error.code} ${message}`
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiException && error.code === 404

/** Such as a JSON patch whose test does not hold. */
export const isInvalid = (error: unknown): boolean => error instanceof ApiException && error.code === 422

/** The object is not the one that was meant: changed since, or another one of the same name. */
export const isConflict = (error: unknown): boolean => error instanceof ApiException && error.code === 409

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
