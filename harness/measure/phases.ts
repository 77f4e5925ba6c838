// Where the time of a run goes: the phases of each lane.
import type { TimePhase, Phase } from '../model/phase.ts'

export class PhaseBook {
  readonly #zero: number
  readonly #over: Phase[]

  /** `earlier`: for a resumed run, its start and its phases until the interruption. */
  constructor(earlier: { readonly startedAt: string; readonly phases: readonly Phase[] } | null = null) {
    this.#zero = earlier ? Date.parse(earlier.startedAt) : Date.now()
    this.#over = [...(earlier?.phases ?? [])]
  }

  /** All phases so far, in the order they ended. */
  phases(): Phase[] {
    return this.#over.filter(({ fromMs, toMs }) => toMs > fromMs)
  }

  /** `scenario`: null for work shared by all scenarios. */
  lane(lane: string, scenario: string | null): TimePhase {
    const under: Pick<Phase, 'phase' | 'fromMs'>[] = []
    const now = (): number => Date.now() - this.#zero
    const close = (toMs: number): void => {
      const current = under.at(-1)
      if (current) this.#over.push({ ...current, lane, scenario, toMs })
    }
    return async (phase, work) => {
      const fromMs = now()
      close(fromMs)
      under.push({ phase, fromMs })
      try {
        return await work()
      } finally {
        const toMs = now()
        close(toMs)
        under.pop()
        const outer = under.pop()
        if (outer) under.push({ ...outer, fromMs: toMs })
      }
    }
  }
}
