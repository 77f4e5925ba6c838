// What a run has measured so far, on disk: a line is added whenever something becomes known. A run that is killed loses one trial at most,
// and what a line costs does not grow with the run.
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { journalName } from '../model/journal-line.ts'
import type { JournalLine, RunHead, RunPlan } from '../model/journal-line.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { writeWhole } from '../write-whole.ts'
import { inTurn } from './side-by-side.ts'

export class Journal {
  readonly #folder: string
  readonly #path: string
  #head: RunHead | undefined
  readonly #scenarios = new Map<string, MeasuredScenario>()
  readonly #add = inTurn((line: JournalLine) => appendFile(this.#path, textOf(line)))

  /** `earlier`: what was measured before the run was cut off, if it goes on. */
  constructor(folder: string, earlier: MeasuredRun | null = null) {
    this.#folder = folder
    this.#path = join(folder, journalName)
    for (const scenario of earlier?.scenarios ?? []) this.#scenarios.set(scenario.slug, scenario)
  }

  /** Begins the run, or goes on with it, in place of any other journal. */
  async begin(head: RunHead, plan: RunPlan): Promise<void> {
    this.#head = head
    await mkdir(this.#folder, { recursive: true })
    const lines: JournalLine[] = [{ run: head, plan }]
    for (const scenario of this.#scenarios.values()) {
      lines.push({ scenario: { ...scenario, trials: [] } })
      for (const trial of scenario.trials) lines.push({ slug: scenario.slug, trial })
    }
    await writeWhole(this.#path, lines.map(textOf).join(''))
  }

  /** A scenario as far as it is known, in place of what was known of it before; its trials are recorded one by one. */
  async describe(scenario: MeasuredScenario): Promise<void> {
    this.#scenarios.set(scenario.slug, scenario)
    await this.#add({ scenario: { ...scenario, trials: [] } })
  }

  async trial(slug: string, trial: Trial): Promise<void> {
    this.#scenarios.get(slug)?.trials.push(trial)
    await this.#add({ slug, trial })
  }

  /** Nothing is reported of this scenario: it could not be measured. */
  forget(slug: string): void {
    this.#scenarios.delete(slug)
  }

  /** All that is known; null: the run has not begun. */
  run(slugs: readonly string[], rest: Pick<RunHead, 'finishedAt' | 'skipped' | 'phases'>): MeasuredRun | null {
    return this.#head ? { ...this.#head, ...rest, scenarios: slugs.flatMap((slug) => this.#scenarios.get(slug) ?? []) } : null
  }
}

const textOf = (line: JournalLine): string => `${JSON.stringify(line)}\n`
