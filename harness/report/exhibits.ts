// What a report shows of a scenario below its verdicts. An exhibit is a folder of exhibit/, and is found because it is there.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { callable, loadExport } from '../extension.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Markup } from './write/page/markup.ts'

export interface Exhibit {
  /** Its place among the exhibits: the smallest number comes first. */
  readonly order: number
  /** A section of the page; null where the scenario has nothing of it. */
  readonly page: (scenario: ScenarioRun, seed: number) => Markup | null
  /** The same in Markdown, paragraph by paragraph; empty where there is nothing. */
  readonly text: (scenario: ScenarioRun, seed: number) => readonly string[]
}

const Shape = z.object({ order: z.number(), page: callable<Exhibit['page']>(), text: callable<Exhibit['text']>() })

const folder = join(import.meta.dirname, 'exhibit')
const names = readdirSync(folder).toSorted()

/** All of them, in order. */
export const exhibits: readonly Exhibit[] = (
  await Promise.all(names.map((name) => loadExport<Exhibit>(join(folder, name, 'exhibit.ts'), 'exhibit', Shape)))
).toSorted((a, b) => a.order - b.order)

/** The style sheets of those that have one. */
export const exhibitStyles: readonly string[] = names
  .map((name) => join(folder, name, 'style.css'))
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, 'utf8'))
