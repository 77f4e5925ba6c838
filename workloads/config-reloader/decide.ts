// Decides, from what there is and nothing else, whether a Deployment is replaced and what is remembered of it.
import { createHash } from 'node:crypto'
import type { V1Deployment } from '@kubernetes/client-node'
import type { Flags } from './settings.ts'
import { sourcesOf } from './uses.ts'
import type { Source } from './uses.ts'

/** On the Deployment itself, not on its pods: what its pods were last rolled out with. */
export const memoryAnnotation = 'incident-lab.example/rolled-out'

/** Hash of the data by ConfigMap or Secret; null for one that was not there yet. */
export type Memory = Readonly<Record<string, string | null>>

/** `record` writes the memory and leaves the pods alone; `replace` names the ConfigMaps and Secrets that were changed or created. */
export type Decision =
  | { readonly kind: 'none' }
  | { readonly kind: 'record'; readonly memory: Memory }
  | { readonly kind: 'replace'; readonly memory: Memory; readonly changed: readonly string[] }

/**
 * A ConfigMap or Secret that is used for the first time is only recorded: the change of the Deployment that made it used has replaced the pods already.
 * One that was deleted changes nothing until it is there again with other data. One that was created after the Deployment, by the second,
 * replaces with `reloadOnCreate`: its pods may run without. One that is no younger was only seen late, since the watches keep no order between
 * them. `isNew`: the controller has not seen the Deployment since it started. Without `syncAfterRestart` what was remembered before then does not count.
 */
export const decide = (
  deployment: V1Deployment,
  sources: readonly Source[],
  { reloadOnCreate, syncAfterRestart }: Flags,
  isNew: boolean,
): Decision => {
  const remembered = isNew && !syncAfterRestart ? undefined : memoryOf(deployment)
  const hashes = new Map(sources.map((each) => [each.metadata?.name, hashOf(each)]))
  const names = sourcesOf(deployment)
  const memory = Object.fromEntries(names.map((name) => [name, hashes.get(name) ?? remembered?.[name] ?? null]))
  const seenLate = new Set(
    sources.filter((each) => createdMs(each) <= createdMs(deployment)).map(({ metadata }) => metadata?.name),
  )
  const isChanged = (name: string, before: string | null | undefined): boolean =>
    before !== undefined && memory[name] !== before && (before !== null || (reloadOnCreate && !seenLate.has(name)))
  const changed = names.filter((name) => isChanged(name, remembered?.[name]))
  if (changed.length > 0) return { kind: 'replace', memory, changed }
  const isSame = JSON.stringify(memory) === JSON.stringify(remembered ?? {})
  return isSame ? { kind: 'none' } : { kind: 'record', memory }
}

/** Of the data alone, in whatever order it comes: labels and annotations do not count. */
export const hashOf = ({ data = {}, binaryData = {} }: Source): string => {
  const sorted = [data, binaryData].map((each) => Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

// A string in what a watch reports, whatever the type says; whole seconds.
const createdMs = ({ metadata }: Pick<V1Deployment, 'metadata'>): number => new Date(metadata?.creationTimestamp ?? '').getTime()

// What cannot be read was written by somebody else: as good as none.
const memoryOf = ({ metadata }: V1Deployment): Memory | undefined => {
  try {
    return JSON.parse(metadata?.annotations?.[memoryAnnotation] ?? '') as Memory
  } catch {
    return undefined
  }
}
