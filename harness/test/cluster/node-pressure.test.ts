// The two scenarios in which the kubelet does the harm, as a user runs them; and what is left of them on the nodes: nothing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { docker } from '../../artifact/docker.ts'
import { nodes, workers } from '../../cluster/kind/nodes.ts'
import type { Run } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import { skipIfHostWasBusy } from './noise.ts'
import { armOf, changedScenario, expectVerdicts, lab, nodeState, quickRunOf, readRun, temporaryFolder, value } from './support.ts'

const episodeOf = (run: Run, arm: string): Trial => {
  const trial = run.scenarios[0]?.trials.find((each) => each.arm === arm)
  if (!trial) throw new Error(`the run has no episode of ${arm}`)
  return trial
}

test('missing-priority-class: evicted, pending for a minute, repaired by a PriorityClass and by nothing else', async (context) => {
  const run = await quickRunOf('missing-priority-class')
  skipIfHostWasBusy(run, context)
  expectVerdicts(run, {
    incident: 'reproduced',
    'priority-class': 'fixed',
    'guaranteed-qos': 'mitigated',
    'pod-disruption-budget': 'no-effect',
    'restart-it': 'no-effect',
  })
  expect(value(run, 'incident', 'critical_evictions')).toBeGreaterThanOrEqual(1)
  expect(value(run, 'incident', 'critical_pending_s')).toBeGreaterThanOrEqual(60)
  expect(value(run, 'incident', 'client_down_s')).toBeGreaterThanOrEqual(60)
  expect(armOf(run, 'incident').proof.join('\n')).toMatch(
    /scheduler, of critical: 0\/\d+ nodes .*No preemption victims found for incoming pod/,
  )
  expect(armOf(run, 'priority-class').outcome).toMatchObject({ k: 1, n: 1 })
  expect(value(run, 'priority-class', 'critical_replacements'), 'it had to come back, too').toBeGreaterThanOrEqual(1)
  expect(value(run, 'guaranteed-qos', 'served_at_end'), 'it survives, and does not come back').toBe(0)
  expect(run.scenarios[0]?.method.episode?.kubelet.evictionHard).toContain('memory.available: 576Mi')
  expect(run.scenarios[0]?.method.episode?.nodes[0]?.how).toMatch(
    /meminfo of (19|20|21)\d\d MiB, \d+ of them used by the node itself/,
  )

  const { timeline } = episodeOf(run, 'incident')
  expect(timeline?.lanes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['node', 'service', 'pod']))
  expect(timeline?.reconnects).toBe(0)
})

test("log-flood-disk-pressure: bystanders go first; a limit or another disk stops that, and the host's disk is not touched", async (context) => {
  const run = await quickRunOf('log-flood-disk-pressure')
  skipIfHostWasBusy(run, context)
  expectVerdicts(run, {
    incident: 'reproduced',
    'ephemeral-limit': 'fixed',
    'external-volume': 'fixed',
    'log-rotation': 'mitigated',
    'delete-the-evicted': 'no-effect',
  })
  expect(value(run, 'incident', 'bystanders_evicted_first')).toBeGreaterThanOrEqual(1)
  expect(armOf(run, 'incident').proof.join('\n')).toMatch(/eviction 1, orders-\S+ at .*low on resource: ephemeral-storage/)
  expect(armOf(run, 'incident').proof.join('\n')).toMatch(/scheduler, of newcomer: 0\/\d+ nodes .*untolerated taint/)
  for (const fix of ['ephemeral-limit', 'external-volume']) expect(value(run, fix, 'bystanders_evicted')).toBe(0)
  expect(Object.keys(armOf(run, 'control').metrics), 'the others are for a full run').not.toContain('empty-dir')
  for (const { name, metrics } of run.scenarios[0]?.arms ?? []) expect(metrics.disk_outside_mib?.value, name).toBeLessThan(50)
})

const allWorkers = workers(await nodes())

/** On every worker: a file that was read so often that the kernel keeps its pages, as those of images and logs on a node of some age. */
const withPageCache = async (work: () => Promise<void>): Promise<void> => {
  const file = '/var/page-cache'
  try {
    for (const node of allWorkers)
      await docker(['exec', node, 'sh', '-c', `head -c 400M /dev/urandom > ${file} && cat ${file} ${file} ${file} > /dev/null`])
    await work()
  } finally {
    for (const node of allWorkers) await docker(['exec', node, 'rm', '--force', file])
  }
}

test('an incident arm whose neighbour takes little is not reproduced, whatever the node has read before, and the run exits 1', async (context) => {
  const folder = await changedScenario('missing-priority-class', {
    'triggers/memory-hog.yaml': [['value: "550"', 'value: "50"']],
    'scenario.ts': [["quick: { blocks: 1, warmup: '4s', window: '100s' }", "quick: { blocks: 1, warmup: '1s', window: '18s' }"]],
  })
  const out = await temporaryFolder()
  await withPageCache(async () => {
    const { exitCode, all } = await lab(['run', 'missing-priority-class', '--quick', '--arm', 'restart-it', '--out', out], {
      LAB_SCENARIOS: folder,
    })
    skipIfHostWasBusy(await readRun(out), context)
    expect(exitCode, all).toBe(1)
  })
  const run = await readRun(out)
  expectVerdicts(run, { control: 'healthy', incident: 'not-reproduced', 'restart-it': 'inconclusive' })
  expect(armOf(run, 'incident').reason).toContain('node under pressure: no')
  expect(armOf(run, 'restart-it').outcome).toBeNull()
})

const hide = (program: string) => `mount --bind /bin/false $(readlink -f $(command -v ${program}))`

/** While nothing can be mounted on the workers: what undoes it is another program of the same package. */
const withoutMount = async (work: () => Promise<void>): Promise<void> => {
  for (const node of allWorkers) await docker(['exec', node, 'bash', '-c', hide('mount')])
  try {
    await work()
  } finally {
    for (const node of allWorkers) await docker(['exec', node, 'umount', '/usr/bin/mount'])
  }
}

test('where no disk can be made small: refused with exit 3 by name, skipped with the reason by --all, never passed', async () => {
  await withoutMount(async () => {
    const before = await nodeState()
    const named = await lab(['run', 'log-flood-disk-pressure', '--quick', '--out', await temporaryFolder()])
    expect(named.exitCode, named.all).toBe(3)
    expect(named.stderr).toMatch(/incident-lab-worker\d? cannot be made small-disk\n.*why: Could not give the node a small disk/)
    expect(await nodeState()).toEqual(before)

    const out = await temporaryFolder()
    const all = await lab(['run', '--all', '--quick', '--out', out], {
      LAB_SCENARIOS: await changedScenario('log-flood-disk-pressure', {}),
    })
    expect(all.exitCode, all.all).toBe(3)
    expect(all.stdout).toMatch(/log-flood-disk-pressure.*skipped/)
    const { scenarios, skipped } = await readRun(out)
    expect(scenarios).toEqual([])
    expect(skipped).toMatchObject([
      { slug: 'log-flood-disk-pressure', reason: expect.stringContaining('cannot be made small-disk') },
    ])
    expect(await readFile(join(out, 'report.md'), 'utf8')).toMatch(/skipped/i)
  })
})
