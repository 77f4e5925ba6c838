// What commands that were cut off left behind: found by looking, since what was killed cannot tell. Nobody else may be at work meanwhile.
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Leftover, Provider, Reach } from '../cluster/provider.ts'
import { objectsOfLab, removeNamespaces } from '../kube/namespace.ts'
import { reasonOf } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { exerciseAddressPath, exerciseKubeconfigPath, isThere } from '../places.ts'
import { changedNodes, pausedNodes, restoreNodes, resumeNodes } from './nodes.ts'

/** In the order in which it is undone: nodes, what was deployed, then clusters, containers and files. What was made to stay is not among it. */
export const leftBehind = async (provider: Provider, work: Work): Promise<readonly Leftover[]> => {
  const { cluster, leftovers } = await provider.leftBehind(work)
  const all = [...(cluster ? await leftIn(cluster, work.signal) : []), ...leftovers, await exerciseFiles()]
  return all.filter(({ found }) => found.length > 0)
}

/** What came of a clean-up: what is gone, what is still there, and what went wrong the last time. */
export interface Cleaned {
  readonly undone: readonly string[]
  readonly left: readonly string[]
  readonly errors: readonly string[]
}

const rounds = 3

/** Undoes it, then looks again: that can bring more to light, such as a node that rested and is small. */
export const cleanUp = async (provider: Provider, { step, signal }: Work): Promise<Cleaned> => {
  const undone: string[] = []
  let errors: string[] = []
  let left = await leftBehind(provider, { step, signal })
  for (let round = 0; left.length > 0 && round < rounds; round += 1) {
    errors = []
    for (const { title, undo } of left) {
      await step(title, undo).catch((error: unknown) => void errors.push(`could not ${title}: ${reasonOf(error)}`))
      signal.throwIfAborted()
    }
    const before = namesOf(left)
    left = await leftBehind(provider, { step, signal })
    const still = new Set(namesOf(left))
    undone.push(...before.filter((each) => !still.has(each)))
  }
  return { undone, left: namesOf(left), errors }
}

export const namesOf = (leftovers: readonly Leftover[]): string[] => leftovers.flatMap(({ found }) => found)

/** An exercise holds the lock while it runs: the caller has the lock, so that no exercise does. */
const exerciseFiles = async (): Promise<Leftover> => {
  const paths = [exerciseAddressPath(), exerciseKubeconfigPath()]
  const there = await Promise.all(paths.map(isThere))
  const found = paths.filter((_, index) => there[index])
  return {
    title: 'remove credentials of an exercise',
    found: found.map((path) => `file ${basename(path)}`),
    undo: async () => void (await Promise.all(found.map((path) => rm(path, { force: true })))),
  }
}

/** In a cluster that stays. */
const leftIn = async (cluster: Reach, signal: AbortSignal): Promise<readonly Leftover[]> => [
  { title: 'wake nodes that rest', found: await pausedNodes(cluster), undo: () => resumeNodes(cluster, signal) },
  { title: 'make nodes as they were', found: await changedNodes(cluster, signal), undo: () => restoreNodes(cluster, signal) },
  {
    title: 'remove what was deployed',
    found: await objectsOfLab(cluster.kube),
    undo: () => removeNamespaces(cluster.kube, signal),
  },
]
