// The manifests of an arm: the scenario's own, with the arm's differences merged in and images pinned to their content.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import type { ClusterImage } from '../cluster/provider.ts'
import { mergeObjects } from '../kube/merge.ts'
import { nameOf } from '../kube/client.ts'
import type { Manifest } from '../kube/client.ts'
import { LabError } from '../model/lab-error.ts'
import type { ArmRun } from '../model/run.ts'
import { differenceFiles } from '../model/scenario.ts'
import type { Scenario } from '../model/scenario.ts'

export interface ManifestFile {
  /** Relative to the scenario's folder. */
  readonly file: string
  /** Bash for a script. */
  readonly text: string
}

type Difference = ArmRun['differences'][number]

/** A scenario's YAML at the start of the run: later edits reach neither the cluster nor the report. */
export interface ScenarioFiles {
  /** The incident arm, in the order kubectl would apply the folder. */
  readonly manifests: readonly ManifestFile[]
  readonly differences: ReadonlyMap<string, readonly Difference[]>
  /** The pace's differences of the manifests, in every arm. */
  readonly pace: readonly ManifestFile[]
  /** Files applied or run during an episode: triggers and steps. */
  readonly applied: ReadonlyMap<string, ManifestFile>
}

/** The namespace an arm is deployed to; a second deployment beside it has one of its own. */
export const armNamespace = (slug: string, arm: string, replica = 0): string =>
  `lab-${slug}-${arm}${replica > 0 ? `--${replica + 1}` : ''}`

export const readScenarioFiles = async (
  folder: string,
  { arms, trial }: Pick<Scenario, 'arms' | 'trial'>,
  pace?: string,
): Promise<ScenarioFiles> => {
  const names = (await readdir(join(folder, 'manifests'))).filter((name) => name.endsWith('.yaml')).toSorted()
  const read = async (file: string): Promise<ManifestFile> => ({ file, text: await readFile(join(folder, file), 'utf8') })
  const differences = await Promise.all(
    Object.entries(arms).map(async ([name, arm]) => {
      const deployed = await Promise.all(
        differenceFiles(arm).map(async (file) => ({ ...(await read(file)), appliedAt: 'deploy' as const })),
      )
      const connected = arm.whenConnected ? [{ ...(await read(arm.whenConnected)), appliedAt: 'connected' as const }] : []
      const loaded = arm.underLoad ? [{ ...(await read(arm.underLoad.run)), appliedAt: 'loaded' as const }] : []
      return [name, [...deployed, ...connected, ...loaded]] as const
    }),
  )
  return {
    manifests: [...(await programsOf(folder)), ...(await Promise.all(names.map((name) => read(`manifests/${name}`))))],
    differences: new Map(differences),
    pace: pace ? [await read(pace)] : [],
    applied: new Map(await Promise.all(appliedFiles({ arms, trial }).map(async (file) => [file, await read(file)] as const))),
  }
}

/** The files of `programs/` as a ConfigMap `programs`: pods mount it, and Node.js of the workload image runs them as they are. */
const programsOf = async (folder: string): Promise<ManifestFile[]> => {
  const programs = join(folder, 'programs')
  const names = (await readdir(programs).catch(() => [])).filter((name) => !name.endsWith('.test.ts')).toSorted()
  if (names.length === 0) return []
  const data = await Promise.all(names.map(async (name) => [name, await readFile(join(programs, name), 'utf8')] as const))
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'programs' }, data: Object.fromEntries(data) }
  return [{ file: 'programs', text: stringify(object) }]
}

/** Files that are applied or run during an episode of any arm. */
const appliedFiles = ({ arms, trial }: Pick<Scenario, 'arms' | 'trial'>): string[] => {
  if (trial.kind === 'steady') return []
  const steps = [...trial.steps, ...Object.values(arms).flatMap((arm) => arm.steps)]
  const triggers = Object.values(arms).flatMap(({ trigger }) => trigger ?? [])
  return [...new Set([trial.trigger, ...triggers, ...steps.flatMap(({ apply, run }) => apply ?? run ?? [])])]
}

/** An arm of episodes: objects before the trigger, and objects of the trigger; differences apply to both. */
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
 * Objects deployed for an arm, and their changed form once the load is connected; empty if unchanged. For a Namespace among the
 * objects only its labels matter: it stands for the arm's own namespace.
 */
export const armManifests = (
  { manifests, differences, pace }: ScenarioFiles,
  arm: string,
  images: readonly ClusterImage[],
): { namespaceLabels: Readonly<Record<string, string>>; deployed: Manifest[]; whenConnected: Manifest[] } => {
  const at = (moment: 'deploy' | 'connected'): Difference[] =>
    (differences.get(arm) ?? []).filter(({ appliedAt }) => appliedAt === moment)
  const deployed = [...pace, ...at('deploy')]
    .reduce((objects, file) => mergeObjects(objects, parseManifests(file)), manifests.flatMap(parseManifests))
    .map((object) => pinImages(object, images))
  const later = at('connected')
    .flatMap(parseManifests)
    .map((object) => pinImages(object, images))
  return {
    namespaceLabels: Object.assign({}, ...deployed.filter(isNamespace).map(({ metadata }) => metadata?.labels)),
    deployed: deployed.filter((object) => !isNamespace(object)),
    whenConnected: later.length > 0 ? mergeObjects(deployed, later).filter((object) => !isNamespace(object)) : [],
  }
}

const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace'

/** Parsed like kubectl: YAML 1.1, where 0644 is octal. */
export const parseManifests = ({ file, text }: ManifestFile): Manifest[] => {
  const documents = parseAllDocuments(text, { version: '1.1' })
  const problems = documents.flatMap((document) => document.errors.map((error) => `${file}: ${error.message}`))
  if (problems.length > 0)
    throw new LabError('A manifest is not valid YAML', { evidence: problems, next: 'fix the lines above', exit: 'usage' })
  return documents.map((document) => document.toJS() as Manifest | null).filter((object) => object !== null)
}

/** Replaces `:current` by the tag of the content. */
export const pinImages = (object: Manifest, images: readonly ClusterImage[]): Manifest =>
  JSON.parse(JSON.stringify(object), (key, value: unknown) => {
    const image = key === 'image' ? images.find((each) => value === `${each.name}:current`) : undefined
    return image ? image.reference : value
  }) as Manifest
