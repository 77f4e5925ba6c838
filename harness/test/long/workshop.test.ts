// Every exercise with three learners: one who does nothing, one who does what people try, one who applies a known repair.
import { expect, test } from 'vitest'
import { lab, nodeState, temporaryFolder } from '../cluster/support.ts'
import { learnersKubectl, startExercise } from '../cluster/exercise.ts'

/** What people try, as a command of kubectl in the exercise's namespace. */
const folk: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'http2-hot-pod': [['scale', 'deployment/server', '--replicas=6']],
  'cpu-limit-throttling': [['scale', 'deployment/server', '--replicas=2']],
  'missing-priority-class': [['create', 'poddisruptionbudget', 'critical', '--selector=app=critical', '--min-available=1']],
  'log-flood-disk-pressure': [['delete', 'pods', '--field-selector=status.phase=Failed']],
  'orphaned-finalizers': [['delete', 'pods', '--selector=app=fleet', '--force', '--grace-period=0', '--wait=false']],
  'stale-configmap': [['rollout', 'restart', 'deployment/shop']],
}

interface Checked {
  readonly verdict: string
  readonly reason: string
}

const check = async (): Promise<Checked> => {
  const { stdout, all } = await lab(['workshop', 'check', '--json'])
  try {
    return JSON.parse(stdout) as Checked
  } catch {
    throw new Error(`a check said no verdict: ${all}`)
  }
}

test.each(Object.keys(folk))(
  '%s: nothing done is no effect, what people try is none either, and a known repair is fixed',
  async (slug) => {
    const before = await nodeState()
    const { running, kubeconfig } = await startExercise(slug, await temporaryFolder())
    const nothing = await check()
    expect(nothing.verdict, nothing.reason).toBe('no-effect')

    const kubectl = await learnersKubectl(kubeconfig)
    for (const words of folk[slug] ?? []) {
      const { exitCode, all } = await kubectl(words)
      expect(exitCode, all).toBe(0)
    }
    const tried = await check()
    expect(tried.verdict, tried.reason).toBe('no-effect')

    expect((await lab(['workshop', 'reset'])).exitCode).toBe(0)
    expect((await lab(['workshop', 'solution', '--apply'])).exitCode).toBe(0)
    const repaired = await check()
    expect(repaired.verdict, repaired.reason).toBe('fixed')

    await lab(['workshop', 'end'])
    expect((await running).exitCode).toBe(0)
    expect(await nodeState()).toEqual(before)
  },
)
