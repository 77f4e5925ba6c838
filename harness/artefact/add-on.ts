// What arms need beside their own objects, such as a mesh: installed once a run, in a namespace of its own.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { callable, loadExport } from '../extension.ts'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import type { Artefact } from './cache.ts'
import { ImageShape } from './image.ts'
import type { ImageSource, Route } from './image.ts'

/** Found as `workloads/<name>/add-on.ts`. */
export interface AddOn {
  /** Its folder under workloads/: what arms say. */
  readonly name: string
  /** For people: its name and version. */
  readonly title: string
  /** Files of the cache that its images and its objects are made from where no registry answers. */
  readonly artefacts: () => Promise<readonly Artefact[]>
  /** Images that only it has. */
  readonly images: readonly ImageSource[]
  /** Names of other images its objects name. */
  readonly uses: readonly string[]
  /** Its objects, as YAML, for the namespace; images as in every manifest: `name:current`. Where images can be pulled it needs no Go. */
  readonly manifests: (work: Work, namespace: string, route: Route) => Promise<string>
  /** Path of what the lab changes of them, merged in as an arm's difference is. */
  readonly difference?: string | undefined
}

const Shape = z.object({
  name: z.string(),
  title: z.string(),
  artefacts: callable<AddOn['artefacts']>(),
  images: z.array(ImageShape),
  uses: z.array(z.string()),
  manifests: callable<AddOn['manifests']>(),
  difference: z.string().optional(),
})

/** Namespace an add-on is installed in. */
export const addOnNamespace = (name: string): string => `lab-${name}`

const workloads = join(import.meta.dirname, '../../workloads')

/** Every `workloads/<name>/add-on.ts`: a new one is found, nothing is registered. */
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
    const why = `there are: ${known.map((each) => each.name).join(', ')}`
    throw new LabError(`No folder under workloads/ holds the add-on ${name}`, { why, exit: 'usage' })
  })
}
