// Decides how the API server is asked, how long an answer may take, and what its refusals say.
import {
  ApiException,
  AppsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  KubeConfig,
  ServerConfiguration,
} from '@kubernetes/client-node'

const answerWithinMs = 10_000

/** The API server, as one user sees it. */
export interface Api {
  readonly config: KubeConfig
  readonly core: CoreV1Api
  readonly apps: AppsV1Api
  readonly custom: CustomObjectsApi
  readonly coordination: CoordinationV1Api
}

/** The API server of the kubeconfig file, or without one that of the pod this runs in. */
export const connect = (kubeconfigPath?: string): Api => {
  const config = new KubeConfig()
  if (kubeconfigPath === undefined) config.loadFromCluster()
  else config.loadFromFile(kubeconfigPath)
  return apiOf(config)
}

/** The API server of this configuration. No answer is waited for longer than 10 s, but the events of a watch. */
export const apiOf = (config: KubeConfig): Api => {
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        pre: async (request) => {
          request.setSignal(AbortSignal.timeout(answerWithinMs))
          return request
        },
        post: async (response) => response,
      },
    ],
  })
  return {
    config,
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
    coordination: new CoordinationV1Api(configuration),
  }
}

/** Why the API server refused, as its answer has it. */
export type Refusal = 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Invalid'

/** True when it changed something; false when it was refused for one of these, which say that there is nothing to change. */
export const unless = async (refusals: readonly Refusal[], request: Promise<unknown>): Promise<boolean> => {
  try {
    await request
    return true
  } catch (error) {
    const { reason } = answerOf(error)
    if (refusals.some((refusal) => refusal === reason)) return false
    throw error
  }
}

/** The API server's own words, or those of the network. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof ApiException) return `${error.code} ${answerOf(error).message ?? String(error.body)}`
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

const answerOf = (error: unknown): { readonly reason?: string; readonly message?: string } => {
  if (!(error instanceof ApiException)) return {}
  try {
    return JSON.parse(String(error.body)) as { readonly reason?: string; readonly message?: string }
  } catch {
    return {} // not of the API server itself
  }
}
