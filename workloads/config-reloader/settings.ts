// Decides which command line and environment are accepted: what stakater/Reloader would do by them, and nothing it would not.
import type { Environment, SettingsOutcome } from '../service/environment.ts'

const required = ['--reload-strategy=annotations', '--reload-on-create=true', '--sync-after-restart=true']

/** The controller's settings. */
export interface Settings {
  /** Where it looks at ConfigMaps and Deployments. */
  readonly namespace: string
}

/** Every flag must be there, since without it the real one behaves otherwise; for the same reason there is no other one. */
export const readSettings = (args: readonly string[], environment: Environment): SettingsOutcome<Settings> => {
  const { KUBERNETES_NAMESPACE: namespace = '', KUBERNETES_SERVICE_HOST: apiServer = '' } = environment
  const problems = [
    ...required
      .filter((flag) => !args.includes(flag))
      .map((flag) => `${flag} is missing. Add it: this controller knows no other way.`),
    ...args
      .filter((arg) => !required.includes(arg))
      .map((arg) => `'${arg}' is not known. Leave it out, or use stakater/Reloader itself.`),
  ]
  if (namespace === '') problems.push('KUBERNETES_NAMESPACE is missing: where to look. Set it from fieldRef metadata.namespace.')
  if (apiServer === '')
    problems.push('KUBERNETES_SERVICE_HOST is missing: this is no pod. Run it in one, with a service account.')
  return problems.length === 0 ? { kind: 'valid', settings: { namespace } } : { kind: 'invalid', problems }
}
