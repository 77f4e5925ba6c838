// State of the lab's cluster: none, another's, unusable, or answering to the lab's own kubeconfig. If Docker does not answer,
// it throws: unknown is never "none".
import { setTimeout as pause } from 'node:timers/promises'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { kubeconfigPath } from '../../places.ts'
import type { Status } from '../provider.ts'
import { runningEngine } from './engine.ts'
import { readAnnotation } from './annotation.ts'
import type { ClusterAnnotation } from './annotation.ts'
import { nodes, workers } from './nodes.ts'
import type { Node } from './nodes.ts'
import { connectOwn, ownNodes, requireSameEngine, requireEngine } from './owned.ts'

export type KindStatus =
  | Exclude<Status, { state: 'ready' } | { state: 'another' }>
  | { readonly state: 'another'; readonly strangers: readonly Node[] }
  | (Extract<Status, { state: 'ready' }> & { readonly mark: ClusterAnnotation })

/** Throws if Docker does not answer, or if another engine answers than the one with the cluster. */
export const readStatus = async (): Promise<KindStatus> => {
  const engine = await runningEngine()
  if (engine === null) {
    await requireEngine()
    return { state: 'none' }
  }
  await requireSameEngine(engine)
  return statusOf(await nodes())
}

const statusOf = async (all: readonly Node[]): Promise<KindStatus> => {
  if (all.length === 0) return { state: 'none' }
  const own = await ownNodes(all)
  if (own.length < all.length) return { state: 'another', strangers: all.filter((node) => !own.includes(node)) }
  const stopped = all.filter(({ state }) => state !== 'running' && state !== 'paused').map((node) => node.name)
  if (stopped.length > 0) return { state: 'broken', why: `not running: ${stopped.join(', ')}`, mayRecover: false }
  try {
    const kube = await answered(connectOwn)
    const { gitVersion } = await kube.version.getCode()
    const mark = await readAnnotation(kube)
    if (!mark) return { state: 'broken', why: 'its creation was interrupted', mayRecover: false }
    return {
      state: 'ready',
      shape: mark.shape,
      platform: mark.platform,
      kubernetes: gitVersion,
      nodes: all.map((node) => node.name),
      workers: workers(all).length,
      kubeconfigPath: kubeconfigPath(),
      images: mark.images,
      mark,
    }
  } catch (error) {
    if (error instanceof LabError) return { state: 'broken', why: error.message, mayRecover: false }
    return { state: 'broken', why: `its API server does not answer: ${messageOf(error)}`, mayRecover: true }
  }
}

const tries = 3

/** A busy machine is slow to answer, and a broken cluster would be removed: so the lab asks again. */
const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let left = tries - 1; left > 0; left -= 1) {
    const answer = await answerWithin(5_000, ask()).catch(() => undefined)
    if (answer !== undefined) return answer
  }
  return answerWithin(5_000, ask())
}

const answerWithin = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    pause(ms, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${ms / 1000} s`)
    }),
  ])
