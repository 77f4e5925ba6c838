// Decides which ConfigMaps a Deployment is replaced for: those its annotation names, or all that its pods refer to.
import type { V1Container, V1Deployment, V1PodSpec, V1Volume } from '@kubernetes/client-node'

const namedAnnotation = 'configmap.reloader.stakater.com/reload'
const autoAnnotation = 'reloader.stakater.com/auto'

/** Names of ConfigMaps, each once and sorted; none for a Deployment without annotation. */
export const configMapsOf = ({ metadata, spec }: V1Deployment): readonly string[] => {
  const { [namedAnnotation]: named = '', [autoAnnotation]: auto } = metadata?.annotations ?? {}
  const names = named.split(',').map((name) => name.trim())
  const referred = auto === 'true' && spec?.template.spec ? referredBy(spec.template.spec) : []
  return [...new Set([...names, ...referred])].filter((name) => name !== '').toSorted()
}

const referredBy = ({ initContainers = [], containers, volumes = [] }: V1PodSpec): readonly string[] => {
  const names = [...[...initContainers, ...containers].flatMap(ofContainer), ...volumes.flatMap(ofVolume)]
  return names.filter((name) => name !== undefined)
}

const ofContainer = ({ envFrom = [], env = [] }: V1Container): readonly (string | undefined)[] => [
  ...envFrom.map(({ configMapRef }) => configMapRef?.name),
  ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
]

const ofVolume = ({ configMap, projected }: V1Volume): readonly (string | undefined)[] => [
  configMap?.name,
  ...(projected?.sources ?? []).map((source) => source.configMap?.name),
]
