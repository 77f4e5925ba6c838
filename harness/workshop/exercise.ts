// An exercise from its incident to its end: the learner's commands, one at a time, and their record.
import { resolve } from 'node:path'
import type { Cluster } from '../cluster/provider.ts'
import { judgeRun } from '../judge/judge-run.ts'
import { isNotFound, refusal } from '../kube/client.ts'
import { describeEnvironment } from '../measure/environment.ts'
import { thenCleanUp } from '../side-by-side.ts'
import { verdictsOf } from '../live/events-of.ts'
import type { Exercise } from '../model/exercise.ts'
import { LabError } from '../model/lab-error.ts'
import type { MeasuredScenario, Run } from '../model/run.ts'
import { kindOf } from '../model/arm-kind.ts'
import type { Scenario } from '../model/scenario.ts'
import type { LoadResult } from '../model/trial.ts'
import type { Work } from '../model/work.ts'
import type { Emit } from '../events/emit.ts'
import { answerOf } from './answer.ts'
import { clientWords } from './client-words.ts'
import type { Checked, Hint, Solution, ExerciseStatus } from './message.ts'
import { changesIn, readObjects, withOwnChanges } from './objects.ts'
import type { Objects } from './objects.ts'
import { matchKnownRemedy } from './known-remedies.ts'
import type { KnownRemedy } from './known-remedies.ts'
import { openRecord } from './record.ts'
import { namespace } from './staged.ts'
import { startLoadFeed } from './load-feed.ts'
import type { LoadFeed } from './load-feed.ts'
import type { Staged } from './staged.ts'

interface Options {
  readonly cluster: Cluster
  readonly scenario: Scenario
  readonly exercise: Exercise
  readonly staged: Staged
  readonly learner: string
  readonly seed: number
  /** Folder of the record and of the checks' reports. */
  readonly out: string
  readonly writeReport: (run: Run, folder: string) => Promise<void>
  readonly emit: Emit
  /** Address of the live page. */
  readonly live: string
}

export type OpenExercise = Awaited<ReturnType<typeof openExercise>>

/** Triggers the incident and keeps its load running. The caller closes it. */
export const openExercise = async (options: Options, work: Work) => {
  const { cluster, scenario, exercise, staged, learner, seed, out, writeReport, emit, live } = options
  const { kube } = cluster
  const since = new Date().toISOString()
  const checks: Checked[] = []
  let hints = 0
  /** Objects at the incident, and at the last look. */
  let before: Objects = new Map()
  let seen: Objects = new Map()
  let isOver = false
  let load: LoadFeed | undefined
  let lastWindow: LoadResult | string | undefined

  const record = await openRecord(out)

  const startLoad = async (): Promise<void> => {
    if (isOver) return
    load = await startLoadFeed(kube, {
      scenario,
      staged,
      emit,
      onWindow: async (got) => {
        lastWindow = got
        if (typeof got === 'string') return
        const { windowMs, sent, failed, latencyUs } = got
        await record({ what: 'client', windowMs, sent, failed, p99Us: latencyUs?.p99 ?? null })
        await lookAround()
      },
    })
  }
  /** Records what was changed since the last look. */
  const lookAround = async (): Promise<void> => {
    const now = await readObjects(kube, namespace)
    const changes = changesIn(seen, now)
    seen = now
    if (changes.length === 0) return
    await record({ what: 'changed', changes })
    load?.show(changes)
  }
  /** No other load is sent meanwhile. */
  const withoutLoad = async <T>(task: () => Promise<T>): Promise<T> => {
    await load?.stop()
    return thenCleanUp(task, startLoad)
  }
  const breakIt = async (now: Work): Promise<void> => {
    lastWindow = undefined
    const proof = await staged.breakIt(now)
    before = await readObjects(kube, namespace)
    seen = before
    await record({ what: 'broken', proof: [...proof] })
  }

  const { slug, title, sources } = scenario
  const { pager, remember } = exercise
  await record({ what: 'started', slug, title, learner, pager, remember, sources, known: knownRepairs(scenario) })
  await breakIt(work)
  await startLoad()

  /** Throws if something that a check needs is missing. */
  const refuseToCheck = async (): Promise<void> => {
    const next = '`lab workshop reset` restores the exercise'
    try {
      const { metadata } = await kube.core.readNamespace({ name: namespace })
      if (metadata?.deletionTimestamp) throw new LabError(`The namespace ${namespace} is being deleted`, { exit: 'usage', next })
    } catch (error) {
      if (error instanceof LabError) throw error
      throw isNotFound(error)
        ? new LabError(`The namespace ${namespace} is gone`, { exit: 'usage', next })
        : new LabError('The cluster does not answer', {
            exit: 'cannotRun',
            why: refusal(error),
            next: '`lab workshop end` ends the exercise',
          })
    }
    const { trial } = scenario
    const needed = [
      { who: 'client', labelSelector: trial.load.pod },
      ...(trial.kind === 'steady' ? [{ who: 'server', labelSelector: trial.servers }] : []), // an episode may start without servers
    ]
    for (const { who, labelSelector } of needed)
      if ((await kube.core.listNamespacedPod({ namespace, labelSelector })).items.length === 0)
        throw new LabError(`The ${who} is missing`, {
          exit: 'usage',
          why: `no pod of ${namespace} has the label ${labelSelector}`,
          next,
        })
  }

  const runOf = async (scenarios: readonly MeasuredScenario[], startedAt: string): Promise<Run> =>
    judgeRun({
      schemaVersion: 5,
      seed,
      mode: 'quick',
      startedAt,
      finishedAt: new Date().toISOString(),
      environment: await describeEnvironment(cluster),
      skipped: [],
      phases: [],
      scenarios: [...scenarios],
    })

  return {
    standing: (): ExerciseStatus => ({
      learner,
      since,
      pager: exercise.pager,
      client: clientWords(lastWindow),
      hints,
      checks,
      live,
    }),

    check: async (now: Work): Promise<Checked> => {
      await refuseToCheck()
      const startedAt = new Date().toISOString()
      await lookAround()
      const untilThen = seen
      const changes = changesIn(before, untilThen)
      const measured = await withoutLoad(() => staged.measure(now, changes.join('\n')))
      seen = await readObjects(kube, namespace)
      before = withOwnChanges(before, untilThen, seen)
      const run = await runOf([measured], startedAt)
      for (const each of run.scenarios) verdictsOf(each).forEach((fallen) => emit(fallen))
      const { verdict, reason } = answerOf(run)
      const name = `check-${checks.length + 1}`
      const report = resolve(out, name)
      await writeReport(run, report)
      const checked = { verdict, reason, changes, like: likeOf(changes, staged.known), report }
      checks.push(checked)
      await record({ what: 'checked', checked: { ...checked, report: name } })
      return checked
    },

    /** The next of three hints. */
    hint: async (): Promise<Hint> => {
      const hint = exercise.hints[hints]
      if (hint === undefined)
        throw new LabError('There are no more hints', { exit: 'usage', next: '`lab workshop solution` shows a known repair' })
      hints += 1
      await record({ what: 'hint', number: hints })
      return { hint, number: hints }
    },

    solution: async (now: Work, apply: boolean): Promise<Solution> => {
      await record({ what: 'solution', applied: apply })
      if (apply) await now.step('apply the known repair', () => staged.repair(now))
      return { text: staged.solution(), remember: exercise.remember }
    },

    reset: async (now: Work): Promise<void> => {
      await record({ what: 'reset' })
      await withoutLoad(() => breakIt(now))
    },

    close: async (): Promise<void> => {
      isOver = true
      await load?.stop()
      await record({ what: 'ended' })
    },
  }
}

/** What the scenario measures of repairs, and thus of the learner's. */
const knownRepairs = ({ arms }: Scenario) =>
  Object.entries(arms)
    .filter(([, { kind }]) => kindOf(kind).isRemedy)
    .map(([name, { kind, summary, costs }]) => ({ name, kind, summary, costs }))

const likeOf = (changes: readonly string[], known: readonly KnownRemedy[]): Checked['like'] => {
  const like = matchKnownRemedy(changes, known)
  return like && { arm: like.arm, summary: like.summary, expected: like.expected, costs: [...like.costs] }
}
