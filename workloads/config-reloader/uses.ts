// Decides which ConfigMaps and Secrets a Deployment is replaced for: those its annotations name, or all that its pods refer to.
import type { V1ConfigMap, V1Container, V1Deployment, V1PodSpec, V1Secret, V1Volume } from '@kubernetes/client-node'

const namedAnnotation = 'configmap.reloader.stakater.com/reload'
const namedSecretAnnotation = 'secret.reloader.stakater.com/reload'
const autoAnnotation = 'reloader.stakater.com/auto'

/** A ConfigMap, or a Secret under a name that no ConfigMap can have. */
export type Source = Pick<V1ConfigMap, 'metadata' | 'data' | 'binaryData'>

const secretPrefix = 'secret/'

/** The name of a Secret as a source; undefined where none is named. */
const secretNamed = (name: string | undefined): string | undefined => name && `${secretPrefix}${name}`

/** Whether the source of this name is a Secret. */
export const isSecret = (name: string): boolean => name.startsWith(secretPrefix)

export const secretSource = ({ metadata, data = {} }: V1Secret): Source => ({
  metadata: { ...metadata, name: `${secretPrefix}${metadata?.name}` },
  data,
})

/** Names of sources, each once and sorted; none for a Deployment without annotation. */
export const sourcesOf = ({ metadata, spec }: V1Deployment): readonly string[] => {
  const { [namedAnnotation]: named, [namedSecretAnnotation]: secrets, [autoAnnotation]: auto } = metadata?.annotations ?? {}
  const referred = auto === 'true' && spec?.template.spec ? referredBy(spec.template.spec) : []
  const names = [...listed(named), ...listed(secrets).map(secretNamed), ...referred]
  return [...new Set(names)].filter((name) => name !== undefined).toSorted()
}

const listed = (names = ''): readonly string[] => names.split(',').flatMap((name) => name.trim() || [])

const referredBy = ({ initContainers = [], containers, volumes = [] }: V1PodSpec): readonly (string | undefined)[] => [
  ...[...initContainers, ...containers].flatMap(ofContainer),
  ...volumes.flatMap(ofVolume),
]

const ofContainer = ({ envFrom = [], env = [] }: V1Container): readonly (string | undefined)[] => [
  ...envFrom.flatMap(({ configMapRef, secretRef }) => [configMapRef?.name, secretNamed(secretRef?.name)]),
  ...env.flatMap(({ valueFrom }) => [valueFrom?.configMapKeyRef?.name, secretNamed(valueFrom?.secretKeyRef?.name)]),
]

const ofVolume = ({ configMap, secret, projected }: V1Volume): readonly (string | undefined)[] => [
  configMap?.name,
  secretNamed(secret?.secretName),
  ...(projected?.sources ?? []).flatMap((source) => [source.configMap?.name, secretNamed(source.secret?.name)]),
]
