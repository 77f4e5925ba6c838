// Platforms as lines for a terminal: each with its summary, and below it what it sets.
import { components } from '../model/platform.ts'
import type { Platform } from '../model/platform.ts'
import { inColumnsWithin } from '../report/write/columns.ts'
import { lineWidth, wrapped } from '../report/write/wrapped.ts'

/** A wrapped line for each platform and setting; none is longer than fits `columns`, see `lineWidth`. */
export const platformLines = (platforms: readonly Platform[], columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  return platforms.flatMap((platform) => [
    ...wrapped(`${platform.name}  ${platform.summary}`, width),
    ...inColumnsWithin(settings(platform), width),
  ])
}

/** Where each is set, and to what. */
const settings = (platform: Platform): string[][] =>
  [
    ['Kubernetes', platform.kubernetes],
    ['kube-proxy', platform.kubeProxyMode && `mode ${platform.kubeProxyMode}`],
    ['feature gates', words(platform.featureGates)],
    ['kubelet', words(platform.kubelet)],
    ...components.map((component) => [component, words(platform[component])]),
  ].flatMap(([where = '', what]) => (what ? [[`  ${where}`, what]] : []))

const words = (record: Readonly<Record<string, unknown>>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
