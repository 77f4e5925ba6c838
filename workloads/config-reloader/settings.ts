// Decides which command line and environment are accepted: what stakater/Reloader would do by them, and nothing it would not.
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** stakater/Reloader has another strategy by default, which this controller does not know. */
const required = '--reload-strategy=annotations'
const reloadOnCreate = '--reload-on-create=true'
const syncAfterRestart = '--sync-after-restart=true'
const known: readonly string[] = [required, reloadOnCreate, syncAfterRestart]

/** Off unless a flag switches them on, as in stakater/Reloader. */
export interface Flags {
  /** A ConfigMap that is created after its Deployment replaces the pods. */
  readonly reloadOnCreate: boolean
  /** A change made while the controller was down replaces the pods when it is back. */
  readonly syncAfterRestart: boolean
}

/** The controller's settings. */
export interface Settings extends Flags {
  /** Where it looks at ConfigMaps and Deployments. */
  readonly namespace: string
}

/** No other flag is accepted: the real one would behave otherwise with it. */
export const readSettings = (args: readonly string[], environment: Environment): SettingsOutcome<Settings> => {
  const { KUBERNETES_NAMESPACE: namespace = '', KUBERNETES_SERVICE_HOST: apiServer = '' } = environment
  const problems = args
    .filter((arg) => !known.includes(arg))
    .map((arg) => `'${arg}' is not known. Leave it out, or use stakater/Reloader itself.`)
  if (!args.includes(required)) problems.unshift(`${required} is missing. Add it: this controller knows no other way.`)
  if (namespace === '') problems.push('KUBERNETES_NAMESPACE is missing: where to look. Set it from fieldRef metadata.namespace.')
  if (apiServer === '')
    problems.push('KUBERNETES_SERVICE_HOST is missing: this is no pod. Run it in one, with a service account.')
  if (problems.length > 0) return { kind: 'invalid', problems }
  const flags = { reloadOnCreate: args.includes(reloadOnCreate), syncAfterRestart: args.includes(syncAfterRestart) }
  return { kind: 'valid', settings: { namespace, ...flags } }
}
