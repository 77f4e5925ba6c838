// Add-ons that arms need besides their own objects, such as a mesh: installed once per run, each in its own namespace.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { callable, loadExport } from '../extension.ts'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import type { Artifact } from './cache.ts'
import { ImageShape } from './image.ts'
import type { ImageSource, Route } from './image.ts'

/** Found as `workloads/<name>/add-on.ts`. */
export interface AddOn {
  /** Its folder under workloads/, as arms name it. */
  readonly name: string
  /** Name and version for display. */
  readonly title: string
  /** Cache files that its images and objects are built from without a registry. */
  readonly artifacts: () => Promise<readonly Artifact[]>
  /** Images that only this add-on uses. */
  readonly images: readonly ImageSource[]
  /** Names of other images its objects name. */
  readonly uses: readonly string[]
  /** Its objects as YAML, for the namespace; images as in every manifest: `name:current`. Needs no Go if images can be pulled. */
  readonly manifests: (work: Work, namespace: string, route: Route) => Promise<string>
  /** Path of the lab's changes to these objects, merged like an arm's difference. */
  readonly difference?: string | undefined
}

const Shape = z.object({
  name: z.string(),
  title: z.string(),
  artifacts: callable<AddOn['artifacts']>(),
  images: z.array(ImageShape),
  uses: z.array(z.string()),
  manifests: callable<AddOn['manifests']>(),
  difference: z.string().optional(),
})

/** Namespace an add-on is installed in. */
export const addOnNamespace = (name: string): string => `lab-${name}`

const workloads = join(import.meta.dirname, '../../workloads')

/** Every `workloads/<name>/add-on.ts`, found on disk without registration. */
export const addOns = async (): Promise<readonly AddOn[]> => {
  const files = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/add-on\.ts$/.test(path)).toSorted()
  return Promise.all(files.map((file) => loadExport(join(workloads, file), 'addOn', Shape)))
}

/** The add-ons of these names, each once. */
export const addOnsNamed = async (names: readonly string[]): Promise<readonly AddOn[]> => {
  const known = await addOns()
  return [...new Set(names)].map((name) => {
    const found = known.find((each) => each.name === name)
    if (found) return found
    const why = `known add-ons: ${known.map((each) => each.name).join(', ')}`
    const next = 'correct `addOns` of the scenario, or write the add-on.ts of a new folder under workloads/'
    throw new LabError(`No folder under workloads/ holds the add-on ${name}`, { why, next, exit: 'usage' })
  })
}
