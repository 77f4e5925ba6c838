// Decides what the environment may say.
import { highestPort, readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** Where the operator acts, and where it serves its health check. */
export interface Settings {
  readonly namespace: string
  readonly port: number
  /** Of the API server; absent in a pod, which has its own way to it. */
  readonly kubeconfigPath?: string
}

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ integer, text, refuse }) => {
    const namespace = text('NAMESPACE')
    if (namespace === '') refuse('NAMESPACE is missing: where the operator acts. Set it from fieldRef metadata.namespace.')
    const port = integer('PORT', 8080, 0, highestPort)
    const { KUBECONFIG: kubeconfigPath, KUBERNETES_SERVICE_HOST: host } = environment
    if (kubeconfigPath === '' || (kubeconfigPath ?? host) === undefined)
      refuse('KUBECONFIG is missing, and this is no pod. Set the path of a file.')
    return { namespace, port, ...(kubeconfigPath !== undefined && { kubeconfigPath }) }
  })
