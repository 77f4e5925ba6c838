// The sections of a report below the verdicts of a scenario. An exhibit is a file of exhibit/, found on disk; its drawing code is in a
// folder of the same name.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { callable, extensionFile, extensionNames, loadExport } from '../extension.ts'
import type { Run, ScenarioRun } from '../model/run.ts'
import type { Element, Section } from './document/elements.ts'

/** Facts of the run that an exhibit shows. */
type OfRun = Pick<Run, 'seed' | 'environment'>

export interface Exhibit {
  /** Order among the exhibits, smallest first. */
  readonly order: number
  readonly title: string
  /** Its drawings need all of the page's width. */
  readonly isWide?: boolean
  /** Empty if it does not apply to the scenario. */
  readonly elements: (scenario: ScenarioRun, run: OfRun) => readonly Element[]
}

const Shape = z.object({
  order: z.number(),
  title: z.string(),
  isWide: z.exactOptional(z.boolean()),
  elements: callable<Exhibit['elements']>(),
})

const folder = join(import.meta.dirname, 'exhibit')
const names = await extensionNames(folder)

const exhibits = (
  await Promise.all(
    names.map(async (name) => ({ name, ...(await loadExport<Exhibit>(extensionFile(folder, name), 'exhibit', Shape)) })),
  )
).toSorted((a, b) => a.order - b.order)

/** A section for each exhibit that applies to the scenario, in order. */
export const exhibitSections = (scenario: ScenarioRun, run: OfRun): Section[] =>
  exhibits.map(({ name, title, isWide = false, elements }) => ({
    id: `${scenario.slug}-${name}`,
    title,
    isWide,
    elements: elements(scenario, run),
  }))

/** The style sheets of the exhibits. */
export const exhibitStyles: readonly string[] = names
  .map((name) => join(folder, `${name}.css`))
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, 'utf8'))
