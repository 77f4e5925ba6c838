// The manifests of an arm: the scenario's own, with the arm's differences merged in and images pinned to their content.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { ClusterImage } from '../cluster/provider.ts'
import { mergeObjects } from '../kube/merge.ts'
import { nameOf } from '../kube/client.ts'
import type { Manifest } from '../kube/client.ts'
import { LabError } from '../model/lab-error.ts'
import type { ArmRun } from '../model/run.ts'
import type { Scenario } from '../model/scenario.ts'

export interface ManifestFile {
  /** Relative to the scenario's folder. */
  readonly file: string
  /** Of a script: bash. */
  readonly text: string
}

type Difference = ArmRun['differences'][number]

/** A scenario's YAML as it was when the run began: what is edited meanwhile reaches neither the cluster nor the report. */
export interface ScenarioFiles {
  /** The incident arm, in the order kubectl would apply the folder. */
  readonly manifests: readonly ManifestFile[]
  readonly differences: ReadonlyMap<string, readonly Difference[]>
  /** What the pace changes of the manifests, in every arm. */
  readonly pace: readonly ManifestFile[]
  /** What is applied or run while an episode goes on: triggers and steps, by file. */
  readonly applied: ReadonlyMap<string, ManifestFile>
}

/** The namespace an arm is deployed to. */
export const armNamespace = (slug: string, arm: string): string => `lab-${slug}-${arm}`

export const readScenarioFiles = async (
  folder: string,
  { arms, trial }: Pick<Scenario, 'arms' | 'trial'>,
  pace?: string,
): Promise<ScenarioFiles> => {
  const names = (await readdir(join(folder, 'manifests'))).filter((name) => name.endsWith('.yaml')).toSorted()
  const read = async (file: string): Promise<ManifestFile> => ({ file, text: await readFile(join(folder, file), 'utf8') })
  const differences = await Promise.all(
    Object.entries(arms).map(async ([name, arm]) => {
      const deployed = arm.difference ? [{ ...(await read(arm.difference)), appliedAt: 'deploy' as const }] : []
      const connected = arm.whenConnected ? [{ ...(await read(arm.whenConnected)), appliedAt: 'connected' as const }] : []
      const loaded = arm.underLoad ? [{ ...(await read(arm.underLoad.run)), appliedAt: 'loaded' as const }] : []
      return [name, [...deployed, ...connected, ...loaded]] as const
    }),
  )
  return {
    manifests: await Promise.all(names.map((name) => read(`manifests/${name}`))),
    differences: new Map(differences),
    pace: pace ? [await read(pace)] : [],
    applied: new Map(await Promise.all(appliedFiles({ arms, trial }).map(async (file) => [file, await read(file)] as const))),
  }
}

/** Files that are applied or run while an episode of any arm goes on. */
const appliedFiles = ({ arms, trial }: Pick<Scenario, 'arms' | 'trial'>): string[] => {
  if (trial.kind === 'steady') return []
  const steps = [...trial.steps, ...Object.values(arms).flatMap((arm) => arm.steps)]
  const triggers = Object.values(arms).flatMap(({ trigger }) => trigger ?? [])
  return [...new Set([trial.trigger, ...triggers, ...steps.flatMap(({ apply, run }) => apply ?? run ?? [])])]
}

/** An arm of episodes: what stands before the trigger, and what the trigger brings; differences reach both. */
export const episodeManifests = (
  files: ScenarioFiles,
  arm: string,
  trigger: string,
  images: readonly ClusterImage[],
): { namespaceLabels: Readonly<Record<string, string>>; deployed: Manifest[]; triggered: Manifest[] } => {
  const brought = trigger.endsWith('.yaml') ? files.applied.get(trigger) : undefined
  const whole = { ...files, manifests: [...files.manifests, ...(brought ? [brought] : [])] }
  const names = new Set((brought ? parseManifests(brought) : []).map(nameOf))
  const { namespaceLabels, deployed } = armManifests(whole, arm, images)
  return {
    namespaceLabels,
    deployed: deployed.filter((object) => !names.has(nameOf(object))),
    triggered: deployed.filter((object) => names.has(nameOf(object))),
  }
}

/**
 * What is deployed for an arm, and what that becomes once the load is connected; empty where it stays as it is. A Namespace among the
 * objects is the arm's own, whatever its name: only its labels count.
 */
export const armManifests = (
  { manifests, differences, pace }: ScenarioFiles,
  arm: string,
  images: readonly ClusterImage[],
): { namespaceLabels: Readonly<Record<string, string>>; deployed: Manifest[]; whenConnected: Manifest[] } => {
  const at = (moment: 'deploy' | 'connected'): Manifest[] =>
    (differences.get(arm) ?? []).filter(({ appliedAt }) => appliedAt === moment).flatMap(parseManifests)
  const deployed = mergeObjects(manifests.flatMap(parseManifests), [...pace.flatMap(parseManifests), ...at('deploy')]).map(
    (object) => pinImages(object, images),
  )
  const later = at('connected').map((object) => pinImages(object, images))
  return {
    namespaceLabels: Object.assign({}, ...deployed.filter(isNamespace).map(({ metadata }) => metadata?.labels)),
    deployed: deployed.filter((object) => !isNamespace(object)),
    whenConnected: later.length > 0 ? mergeObjects(deployed, later).filter((object) => !isNamespace(object)) : [],
  }
}

const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace'

/** As kubectl reads it: YAML 1.1, where 0644 is octal. */
export const parseManifests = ({ file, text }: ManifestFile): Manifest[] => {
  const documents = parseAllDocuments(text, { version: '1.1' })
  const problems = documents.flatMap((document) => document.errors.map((error) => `${file}: ${error.message}`))
  if (problems.length > 0) throw new LabError('A manifest is not valid YAML', { evidence: problems, exit: 'usage' })
  return documents.map((document) => document.toJS() as Manifest | null).filter((object) => object !== null)
}

/** Puts the tag of the content in the place of `:current`. */
export const pinImages = (object: Manifest, images: readonly ClusterImage[]): Manifest =>
  JSON.parse(JSON.stringify(object), (key, value: unknown) => {
    const image = key === 'image' ? images.find((each) => value === `${each.name}:current`) : undefined
    return image ? image.reference : value
  }) as Manifest
