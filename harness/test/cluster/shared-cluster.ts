// The one real cluster the cluster tests share: the one that is up, else one for the time of the tests.
import { provider } from '../../cluster/kind/provider.ts'
import { uncounted } from '../../model/phase.ts'
import { loadScenarios } from '../../run/load-scenarios.ts'
import { makeStep } from '../../cli/progress.ts'

const work = { step: makeStep(), signal: new AbortController().signal }
let made = false

export const setup = async (): Promise<void> => {
  const images = [...new Set((await loadScenarios()).flatMap(({ scenario }) => scenario.images))]
  const { created } = await provider.up({
    ...work,
    shape: 'lab',
    workers: undefined,
    workersOfUse: 3,
    images,
    offline: false,
    keep: false,
    readyWithinMs: 120_000,
    during: uncounted,
  })
  made = created
}

export const teardown = async (): Promise<void> => {
  if (made) await provider.down(work)
}
