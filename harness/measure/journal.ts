// The journal: measurements of a run so far, on disk, one line per result. A killed run loses at most one trial,
// and the cost of a line does not grow with the run.
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { journalName } from '../model/journal-line.ts'
import type { JournalLine, RunHead, RunPlan } from '../model/journal-line.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { writeWhole } from '../write-whole.ts'
import { inTurn } from '../side-by-side.ts'

export class Journal {
  readonly #folder: string
  readonly #path: string
  #head: RunHead | undefined
  readonly #scenarios = new Map<string, MeasuredScenario>()
  readonly #add = inTurn((line: JournalLine) => appendFile(this.#path, textOf(line)))

  /** `earlier`: measurements before the interruption, if the run is resumed. */
  constructor(folder: string, earlier: MeasuredRun | null = null) {
    this.#folder = folder
    this.#path = join(folder, journalName)
    for (const scenario of earlier?.scenarios ?? []) this.#scenarios.set(scenario.slug, scenario)
  }

  /** Starts or resumes the run, and replaces any other journal. */
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

  /** Records the current state of a scenario, without trials, which are recorded one by one. */
  async describe(scenario: MeasuredScenario): Promise<void> {
    this.#scenarios.set(scenario.slug, scenario)
    await this.#add({ scenario: { ...scenario, trials: [] } })
  }

  async trial(slug: string, trial: Trial): Promise<void> {
    this.#scenarios.get(slug)?.trials.push(trial)
    await this.#add({ slug, trial })
  }

  /** Drops this scenario: it could not be measured. */
  forget(slug: string): void {
    this.#scenarios.delete(slug)
  }

  /** The run so far; null: it has not begun. */
  run(slugs: readonly string[], rest: Pick<RunHead, 'finishedAt' | 'skipped' | 'phases'>): MeasuredRun | null {
    return this.#head ? { ...this.#head, ...rest, scenarios: slugs.flatMap((slug) => this.#scenarios.get(slug) ?? []) } : null
  }
}

const textOf = (line: JournalLine): string => `${JSON.stringify(line)}\n`
