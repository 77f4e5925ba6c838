import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { noEvents } from '../../events/emit.ts'
import type { Kube } from '../../kube/client.ts'
import { quietWork } from '../../test/fixtures/quiet-work.ts'
import { serving } from '../../test/fixtures/small-api-server.ts'
import { smallCluster } from '../../test/fixtures/small-cluster.ts'
import { Journal } from '../journal.ts'
import { PhaseBook } from '../phases.ts'
import { noTurns } from '../turn.ts'
import { runEpisodes } from './episodes.ts'
import type { QueueTask } from './episodes.ts'

const controlPlane = { metadata: { name: 'lab-control-plane', labels: { 'node-role.kubernetes.io/control-plane': '' } } }
const worker = { metadata: { name: 'lab-worker' } }

const orderOn = (kube: Kube): QueueTask => ({
  ...quietWork,
  total: 0,
  mode: 'quick',
  blocks: undefined,
  episodes: undefined,
  turn: noTurns,
  untilSettled: false,
  endsBy: Infinity,
  decided: () => new Set(),
  seed: 1,
  cluster: smallCluster(kube),
  keep: false,
  phases: new PhaseBook(null),
  earlier: null,
  journal: new Journal(tmpdir()),
  observer: { emit: noEvents, measured: async () => {} },
  leftBehind: [],
  scenarios: [],
  skipUnfit: false,
  nodesNeeded: Infinity,
})

test('on a cluster of one node no episode begins: it would disturb the control plane', async () => {
  const kube = await serving({ '/api/v1/nodes': { items: [controlPlane] } })
  await expect(runEpisodes(orderOn(kube))).rejects.toMatchObject({
    message: 'Episodes need a worker node of their own, but the cluster has none',
    exit: 'cannotRun',
    details: { next: expect.stringMatching(/^`lab down`.* --workers/) as unknown },
  })
})

test('what clean-up after the episodes could not undo is the evidence that the nodes are not as they were', async () => {
  const kube = await serving({ '/api/v1/nodes': { items: [controlPlane, worker] } })
  const order = orderOn(kube)
  const evidence = [expect.stringMatching(/^could not remove deployed objects: .*404/)]
  await expect(runEpisodes(order)).rejects.toMatchObject({
    message: 'The nodes could not be restored',
    exit: 'unexpected',
    details: { evidence, next: expect.stringMatching(/^`lab down`/) as unknown },
  })
  expect(order.leftBehind).toEqual(evidence)
})
