// What there is of the lab's cluster: nothing, one that cannot be used, or one that answers to the lab's own kubeconfig.
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../kube/client.ts'
import { messageOf } from '../../model/lab-error.ts'
import { kubeconfigPath } from '../../places.ts'
import type { Status } from '../provider.ts'
import { engineVersion } from './engine.ts'
import { contextName } from './kind.ts'
import { readMark } from './mark.ts'
import type { Mark } from './mark.ts'
import { nodes, workers } from './nodes.ts'

export type KindStatus = Exclude<Status, { state: 'ready' }> | (Extract<Status, { state: 'ready' }> & { readonly mark: Mark })

export const readStatus = async (): Promise<KindStatus> => {
  if (!(await engineVersion())) return { state: 'none' }
  const all = await nodes()
  if (all.length === 0) return { state: 'none' }
  const stopped = all.filter(({ state }) => state !== 'running' && state !== 'paused').map((node) => node.name)
  if (stopped.length > 0) return { state: 'broken', why: `not running: ${stopped.join(', ')}` }
  try {
    const kube = connect(kubeconfigPath(), contextName)
    const { gitVersion } = await answerWithin(5_000, kube.version.getCode())
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
    return { state: 'broken', why: `its API server does not answer: ${messageOf(error)}` }
  }
}

const answerWithin = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    pause(ms, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${ms / 1000} s`)
    }),
  ])
