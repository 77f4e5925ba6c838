// A learner of the workshop, scripted: through the commands, with the learner's own rights, on the real cluster.
import { readdir, stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { connect, isRefused } from '../../kube/client.ts'
import { remove } from '../../kube/apply.ts'
import { mergePatch } from '../../kube/merge-patch.ts'
import { skipIfHostWasBusy } from './noise.ts'
import { lab, liveEvents, nodeState, readRun, said, temporaryFolder, value } from './support.ts'
import { readRecord } from '../../workshop/record.ts'
import { checkedIn, startExercise } from './exercise.ts'

test('a learner who scales out gets no effect, and one who puts a proxy in between that it is fixed; nothing stays', async (context) => {
  const before = await nodeState()
  const out = await temporaryFolder()
  const { running, kubeconfig } = await startExercise('http2-hot-pod', out, context)

  const learner = connect(kubeconfig)
  expect((await stat(kubeconfig)).mode & 0o077, 'only the user may read it').toBe(0)
  const others = learner.core.listNamespacedPod({ namespace: 'lab-http2-hot-pod-control' })
  await expect(others, 'the learner sees nothing of what it is compared with').rejects.toSatisfy(isRefused)
  const status = await lab(['workshop', 'status', '--json'])
  const { pager, live } = JSON.parse(status.stdout) as { pager: string; live: string }
  expect(pager, 'the pager says the symptom').not.toMatch(/HTTP\/2|kube-proxy|balanc/i)

  const server = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server', namespace: 'lab-exercise' } }
  await mergePatch(learner, { ...server, spec: { replicas: 5 } })
  const checking = lab(['workshop', 'check', '--json'])
  await said(checking, 'measure healthy')
  expect((await lab(['workshop', 'reset'])).all).toContain('check is still running')
  const folk = await checking
  const scaled = checkedIn(folk.stdout)
  expect([1, 4], folk.all).toContain(folk.exitCode)
  const scaledRun = await readRun(scaled.report)
  skipIfHostWasBusy(scaledRun, context)
  expect(['no-effect', 'inconclusive'], folk.all).toContain(scaled.verdict)
  expect(scaled.changes).toEqual(['changed Deployment/server', '  spec.replicas: 3 → 5'])
  expect(scaled.like, 'a common attempt is recognised by its changes').toMatchObject({
    arm: 'more-replicas',
    expected: 'no-effect',
  })
  expect(value(scaledRun, 'learner', 'top_share'), 'one pod still answers everything').toBeGreaterThan(0.95)

  await remove(learner, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'client', namespace: 'lab-exercise' } })
  await expect.poll(async () => (await lab(['workshop', 'check'])).all, { timeout: 120_000 }).toContain('The client is missing')
  expect((await lab(['workshop', 'reset'])).exitCode).toBe(0)

  const applied = await lab(['workshop', 'solution', '--apply'])
  expect(applied.exitCode, applied.all).toBe(0)
  const repaired = await lab(['workshop', 'check', '--json'])
  const fixed = checkedIn(repaired.stdout)
  const fixedRun = await readRun(fixed.report)
  skipIfHostWasBusy(fixedRun, context)
  expect(['fixed', 'inconclusive'], `what a hop costs in latency hangs on the machine: ${repaired.all}`).toContain(fixed.verdict)
  expect(value(fixedRun, 'learner', 'effective_pods')).toBeGreaterThanOrEqual(2.7)

  const seen = liveEvents(live)
  expect((await lab(['workshop', 'end'])).exitCode).toBe(0)
  expect((await running).exitCode).toBe(0)
  const events = await seen
  const shown = events.flatMap((event) => (event.type === 'verdict' && event.arm === 'learner' ? [event.verdict] : []))
  expect(shown, 'the page shows every verdict').toEqual([scaled.verdict, fixed.verdict])
  expect(JSON.stringify(events[0]), 'and nothing of the cause').not.toMatch(/balanc|HTTP\/2|kube-proxy|scale from/i)
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'action', what: 'changed Deployment/server: spec.replicas: 3 → 5' }),
  )
  expect(events.filter(({ type }) => type === 'second').length, 'and what the client got').toBeGreaterThan(60)
  expect(await nodeState()).toEqual(before)
  const record = await readRecord(out)
  const asked = record.map(({ what }) => what).filter((what) => what !== 'client' && what !== 'changed')
  expect(asked).toEqual(['started', 'broken', 'checked', 'reset', 'broken', 'solution', 'checked', 'ended'])
  expect(record, 'a change is seen, by whatever means it was made').toContainEqual(
    expect.objectContaining({ what: 'changed', changes: ['changed Deployment/server', '  spec.replicas: 3 → 5'] }),
  )
  expect(await readdir(out)).toEqual(['check-1', 'check-2', 'debriefing.html', 'exercise.jsonl'])

  const over = await lab(['workshop', 'check'])
  expect(over.exitCode).toBe(2)
  expect(over.all).toContain('No exercise is running')
})
