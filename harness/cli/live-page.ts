// lab run --live: a page that shows the running run.
import { judgeScenario } from '../judge/judge-run.ts'
import type { OfRun } from '../judge/scenario-case.ts'
import { verdictsOf } from '../live/events-of.ts'
import { openPage } from '../live/open-page.ts'
import type { Observer } from '../measure/task.ts'
import type { Run } from '../model/run.ts'
import { runVerdict } from '../report/frame/headline.ts'
import { noEvents } from '../events/emit.ts'

export interface LivePage {
  readonly observer: Observer
  /** Shows how the run ended (null: before it began), and stops the server. */
  readonly end: (run: Run | null) => Promise<void>
}

export const noLivePage: LivePage = { observer: { emit: noEvents, measured: async () => {} }, end: async () => {} }

/** Prints the address of the page. Seed and number of arms are the run's, so that page and report have the same verdicts. */
export const openLivePage = async ({ port, ...ofRun }: { readonly port: number } & OfRun): Promise<LivePage> => {
  const { address, emit, end } = await openPage(port)
  process.stderr.write(`live: ${address}\n`)
  const judged = new Set<string>()
  return {
    observer: {
      emit,
      measured: async (scenario) => {
        verdictsOf(await judgeScenario(scenario, ofRun)).forEach((fallen) => emit(fallen))
        judged.add(scenario.slug)
      },
    },
    end: async (run) => {
      for (const scenario of run?.scenarios ?? [])
        if (!judged.has(scenario.slug)) verdictsOf(scenario).forEach((fallen) => emit(fallen))
      await end(run ? runVerdict(run).join(' ') : 'The run ended before it began.')
    },
  }
}
