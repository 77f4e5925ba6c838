// What there is of the lab's cluster: nothing, one that cannot be used, or one that answers to the lab's own kubeconfig.
import { setTimeout as pause } from 'node:timers/promises'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { kubeconfigPath } from '../../places.ts'
import type { Status } from '../provider.ts'
import { engineVersion } from './engine.ts'
import { readMark } from './mark.ts'
import type { Mark } from './mark.ts'
import { nodes, workers } from './nodes.ts'
import { connectOwn, refuseOtherEngine } from './owned.ts'

export type KindStatus = Exclude<Status, { state: 'ready' }> | (Extract<Status, { state: 'ready' }> & { readonly mark: Mark })

/** An error where another engine answers than the one that the cluster was made with. */
export const readStatus = async (): Promise<KindStatus> => {
  await refuseOtherEngine()
  return statusHere()
}

/** With the engine that answers, whichever it is. */
export const statusHere = async (): Promise<KindStatus> => {
  if (!(await engineVersion())) return { state: 'none' }
  const all = await nodes()
  if (all.length === 0) return { state: 'none' }
  const stopped = all.filter(({ state }) => state !== 'running' && state !== 'paused').map((node) => node.name)
  if (stopped.length > 0) return { state: 'broken', why: `not running: ${stopped.join(', ')}` }
  try {
    const kube = await answered(connectOwn)
    const { gitVersion } = await kube.version.getCode()
    const mark = await readMark(kube)
    if (!mark) return { state: 'broken', why: 'its creation was cut off' }
    return {
      state: 'ready',
      shape: mark.shape,
      kubernetes: gitVersion,
      nodes: all.map((node) => node.name),
      workers: workers(all).length,
      kubeconfigPath: kubeconfigPath(),
      images: mark.images,
      mark,
    }
  } catch (error) {
    const why = error instanceof LabError ? error.message : `its API server does not answer: ${messageOf(error)}`
    return { state: 'broken', why }
  }
}

const tries = 3

/** A busy machine is slow to answer, and what is broken gets removed: it is asked again. */
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
