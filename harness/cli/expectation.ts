// What a run is expected to take here, said before it starts.
import { LabError } from '../model/lab-error.ts'
import { expectedOf, fitting } from '../plan/expected.ts'
import type { Expected } from '../plan/expected.ts'
import type { Extent, Planned } from '../plan/planned.ts'
import { workersOfUse } from '../plan/workers.ts'
import { minutes } from '../report/write/date.ts'
import type { LoadedScenario } from '../scenario/load-scenarios.ts'
import { pathOf } from '../scenario/path-of.ts'
import { provider } from './session.ts'

export interface Expectation extends Expected {
  readonly workers: number
  /** Of the scenarios, as many as are done within the time. */
  readonly fitting: (seconds: number) => readonly Planned[]
}

/** As asked for. Without workers: those of the cluster that is up, else as many as a new one would get. */
interface Asked {
  readonly workers?: number
  /** Minor versions; a run of all of it for each. */
  readonly kubernetes?: readonly string[]
}

export const expectation = async (planned: readonly Planned[], extent: Extent, asked: Asked = {}): Promise<Expectation> => {
  const { workers: wanted, kubernetes: [first, ...others] = [] } = asked
  const status = await provider.status().catch(() => null) // for an estimate alone: whether there is a cluster is asked again before anything is done
  const fits = status?.state === 'ready' && (first === undefined || status.kubernetes.startsWith(`${first}.`))
  const { sensible, possible } = await provider.room()
  const made = wanted === undefined ? Math.min(workersOfUse(planned), sensible.workers) : Math.min(wanted, possible.workers)
  const workers = fits ? status.workers : made
  const circumstances = { ...extent, workers, newCluster: !fits }
  const expected = expectedOf(planned, circumstances)
  const again = expectedOf(planned, { ...extent, workers: made, newCluster: true })
  return {
    seconds: expected.seconds + others.length * again.seconds,
    floorSeconds: expected.floorSeconds + others.length * again.floorSeconds,
    workers,
    fitting: (seconds) => fitting(planned, circumstances, seconds / (1 + others.length)),
  }
}

/** A run that would take longer than `withinSeconds` is not begun. */
export const refuseLonger = (
  { seconds, workers, fitting: fit }: Expectation,
  withinSeconds: number | undefined,
  chosen: readonly LoadedScenario[],
): void => {
  if (withinSeconds === undefined || seconds <= withinSeconds) return
  const names = fit(withinSeconds).map(({ scenario: { slug } }) => {
    const folder = chosen.find(({ scenario }) => scenario.slug === slug)?.folder
    return (folder && pathOf(folder)) ?? slug
  })
  throw new LabError(
    `This run is expected to take ${minutes(seconds)} min, longer than ${minutes(withinSeconds)} min; nothing was started`,
    {
      exit: 'usage',
      why: `on ${workers} ${workers === 1 ? 'worker' : 'workers'}, images not counted: they are made once a machine`,
      next:
        names.length > 0
          ? `these fit: lab run ${names.join(' ')}`
          : 'no scenario fits; --quick, fewer --blocks or fewer arms (--arm) take less',
    },
  )
}
