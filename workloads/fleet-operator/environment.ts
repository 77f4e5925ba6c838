// Decides what the environment may say, and names everything wrong with it at once.

/** Where the operator acts, and where it tells that it lives. */
export interface Settings {
  readonly namespace: string
  readonly port: number
  /** Of the API server; absent in a pod, which has its own way to it. */
  readonly kubeconfigPath?: string
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const {
    NAMESPACE: namespace = '',
    PORT: portText = '8080',
    KUBECONFIG: kubeconfigPath,
    KUBERNETES_SERVICE_HOST: host,
  } = environment
  const problems: string[] = []
  const port = /^\d+$/.test(portText) ? Number(portText) : Number.NaN
  if (namespace === '') {
    problems.push('NAMESPACE is missing: where the operator acts. Set it from fieldRef metadata.namespace.')
  }
  if (!(port <= 65_535)) {
    problems.push(`PORT is '${portText}'. Set an integer from 0 to 65535, or unset it for 8080.`)
  }
  if (kubeconfigPath === '' || (kubeconfigPath ?? host) === undefined) {
    problems.push('KUBECONFIG is missing, and this is no pod. Set the path of a file.')
  }
  if (problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', settings: { namespace, port, ...(kubeconfigPath !== undefined && { kubeconfigPath }) } }
}
