// Every exercise with three learners: one who does nothing, one who makes a common attempt, one who applies a known repair.
import { expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import type { Checked } from '../../workshop/message.ts'
import { skipIfHostWasBusy } from '../cluster/noise.ts'
import { lab, nodeState, readRun, said, temporaryFolder } from '../cluster/support.ts'
import { checkedIn, learnersKubectl, startExercise } from '../cluster/exercise.ts'

/** A common attempt, as a command of kubectl in the exercise's namespace. */
const folk: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'http2-hot-pod': [['scale', 'deployment/server', '--replicas=6']],
  'cpu-limit-throttling': [['scale', 'deployment/server', '--replicas=2']],
  'missing-priority-class': [['create', 'poddisruptionbudget', 'critical', '--selector=app=critical', '--min-available=1']],
  'log-flood-disk-pressure': [['delete', 'pods', '--field-selector=status.phase=Failed']],
  'orphaned-finalizers': [['delete', 'pods', '--selector=app=fleet', '--force', '--grace-period=0', '--wait=false']],
  'stale-configmap': [['rollout', 'restart', 'deployment/shop']],
}

/** What a check says of the learner's cluster. Where the host was too busy it says nothing, and the test is left out. */
const check = async (context: TestContext): Promise<Checked> => {
  const { stdout, all } = await lab(['workshop', 'check', '--json'])
  if (stdout === '') throw new Error(`a check said no verdict: ${all}`)
  const checked = checkedIn(stdout)
  skipIfHostWasBusy(await readRun(checked.report), context)
  return checked
}

test.for(Object.keys(folk))(
  '%s: nothing done is no effect, a common attempt is none either, and a known repair is fixed',
  async (slug, context) => {
    const before = await nodeState()
    const { running, kubeconfig } = await startExercise(slug, await temporaryFolder(), context)
    const nothing = await check(context)
    expect(nothing.verdict, nothing.reason).toBe('no-effect')

    const kubectl = await learnersKubectl(kubeconfig)
    for (const words of folk[slug] ?? []) {
      const { exitCode, all } = await kubectl(words)
      expect(exitCode, all).toBe(0)
    }
    const tried = await check(context)
    expect(tried.verdict, tried.reason).toBe('no-effect')

    expect((await lab(['workshop', 'reset'])).exitCode).toBe(0)
    expect((await lab(['workshop', 'solution', '--apply'])).exitCode).toBe(0)
    const repaired = await check(context)
    expect(repaired.verdict, repaired.reason).toBe('fixed')
    const known = slug === 'orphaned-finalizers' ? undefined : 'fixed' // a command leaves no object to be like
    expect(repaired.like?.expected, repaired.changes.join('\n')).toBe(known)

    await lab(['workshop', 'end'])
    expect((await running).exitCode).toBe(0)
    expect(await nodeState()).toEqual(before)
  },
)

test('a check that is cut off leaves running what ran, and the next one measures as if there had been none', async (context) => {
  const { kubeconfig } = await startExercise('missing-priority-class', await temporaryFolder(), context)
  const kubectl = await learnersKubectl(kubeconfig)
  const standing = async (): Promise<string> =>
    (
      await kubectl([
        'get',
        'deployments,jobs',
        '-o',
        'custom-columns=:metadata.name,:spec.replicas,:spec.suspend',
        '--no-headers',
      ])
    ).stdout
  const before = await standing()
  expect(before).toMatch(/critical +1/)
  for (const moment of ['go back to before the incident', 'let the incident happen again']) {
    const checking = lab(['workshop', 'check'])
    await said(checking, moment)
    checking.kill('SIGINT')
    expect((await checking).exitCode, moment).toBe(130)
    await expect.poll(standing, { timeout: 180_000, message: moment }).toBe(before)
    await expect
      .poll(async () => (await lab(['workshop', 'hint'])).exitCode, { timeout: 180_000, message: 'it has let go' })
      .toBe(0)
  }
  const { verdict, reason } = await check(context)
  expect(verdict, reason).toBe('no-effect')
})
