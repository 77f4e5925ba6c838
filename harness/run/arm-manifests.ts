// The manifests of an arm: the scenario's own, with the arm's difference merged in and images pinned to their content.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { ClusterImage } from '../cluster/provider.ts'
import { mergeObjects } from '../kube/merge.ts'
import type { Manifest } from '../kube/client.ts'
import { LabError } from '../model/lab-error.ts'
import type { Arm } from '../model/scenario.ts'

export interface ManifestFile {
  /** Relative to the scenario's folder. */
  readonly file: string
  readonly yaml: string
}

/** The files of the incident arm, in the order kubectl would apply the folder. */
export const manifestFiles = async (folder: string): Promise<readonly ManifestFile[]> => {
  const names = (await readdir(join(folder, 'manifests'))).filter((name) => name.endsWith('.yaml')).toSorted()
  return Promise.all(names.map((name) => readManifestFile(folder, `manifests/${name}`)))
}

export const readManifestFile = async (folder: string, file: string): Promise<ManifestFile> => ({
  file,
  yaml: await readFile(join(folder, file), 'utf8'),
})

/** What is deployed for an arm. A difference applied only once connected is not part of it. */
export const armManifests = async (folder: string, arm: Arm, images: readonly ClusterImage[]): Promise<Manifest[]> => {
  const base = (await manifestFiles(folder)).flatMap(parseManifests)
  const difference = await differenceAt(folder, arm, 'deploy')
  return mergeObjects(base, difference).map((object) => pinImages(object, images))
}

/** The arm's difference if it is applied at this moment, else nothing. */
export const differenceAt = async (folder: string, arm: Arm, moment: Arm['appliedAt']): Promise<Manifest[]> =>
  arm.difference && arm.appliedAt === moment ? parseManifests(await readManifestFile(folder, arm.difference)) : []

export const parseManifests = ({ file, yaml }: ManifestFile): Manifest[] => {
  const documents = parseAllDocuments(yaml)
  const problems = documents.flatMap((document) => document.errors.map((error) => `${file}: ${error.message}`))
  if (problems.length > 0) throw new LabError('A manifest is not valid YAML', { evidence: problems, exit: 'usage' })
  return documents.map((document) => document.toJS() as Manifest | null).filter((object) => object !== null)
}

/** Puts the tag of the content in the place of `:current`. */
const pinImages = (object: Manifest, images: readonly ClusterImage[]): Manifest =>
  JSON.parse(JSON.stringify(object), (key, value: unknown) => {
    const image = key === 'image' ? images.find((each) => value === `${each.name}:current`) : undefined
    return image ? image.reference : value
  }) as Manifest
