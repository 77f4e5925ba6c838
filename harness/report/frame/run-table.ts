// A run as lines for a terminal: the verdict and the numbers of each arm, and where the time went.
import { lead } from '../document/elements.ts'
import type { Section } from '../document/elements.ts'
import { sectionsText } from '../document/terminal.ts'
import type { Run } from '../../model/run.ts'
import { briefTimeSection } from './time/section.ts'
import { verdictTable } from './verdicts.ts'

/** A table for each scenario, then those skipped, then the time if phases were recorded. No line is longer than fits `columns`, see `lineWidth`. */
export const runTable = (run: Run, columns: number | undefined): string[] => sectionsText(runSections(run), columns)

export const runSections = (run: Run): Section[] => [
  ...run.scenarios.map((scenario) => ({
    id: scenario.slug,
    title: scenario.complete ? scenario.slug : `${scenario.slug} (interrupted: judged on the trials so far)`,
    elements: [verdictTable(scenario)],
  })),
  ...run.skipped.map(({ slug, reason }) => ({ id: slug, title: `${slug} (skipped: not measured)`, elements: [lead(reason)] })),
  briefTimeSection(run),
]
