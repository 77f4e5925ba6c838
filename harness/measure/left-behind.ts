// What interrupted commands left behind, found by inspection. No other command may run meanwhile.
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Leftover, Provider, Reach } from '../cluster/provider.ts'
import { objectsOfLab, removeNamespaces } from '../kube/namespace.ts'
import { reasonOf } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { exerciseAddressPath, exerciseKubeconfigPath, isThere } from '../places.ts'

/** In the order of removal: nodes, deployed objects, then clusters, containers and files. Does not include what was created to be kept. */
export const leftBehind = async (provider: Provider, work: Work): Promise<readonly Leftover[]> => {
  const { cluster, leftovers } = await provider.leftBehind(work)
  const all = [...(cluster ? await leftIn(cluster, work.signal) : []), ...leftovers, await exerciseFiles()]
  return all.filter(({ found }) => found.length > 0)
}

/** Result of a clean-up: what was removed, what remains, and the last errors. */
export interface Cleaned {
  readonly undone: readonly string[]
  readonly left: readonly string[]
  readonly errors: readonly string[]
}

const rounds = 3

/** Removes it, then inspects again, which can find more, such as a paused node that is also small. */
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

/** Restores nodes after a killed or kept run: none is paused, none is changed. */
export const restoreLeftOvers = async ({ nodes }: Reach, signal: AbortSignal): Promise<void> => {
  await nodes.resume(signal)
  await nodes.restore(signal)
}

/** In a kept cluster. */
const leftIn = async (cluster: Reach, signal: AbortSignal): Promise<readonly Leftover[]> => [
  { title: 'resume paused nodes', found: await cluster.nodes.paused(), undo: () => cluster.nodes.resume(signal) },
  { title: 'restore nodes', found: await cluster.nodes.changed(signal), undo: () => cluster.nodes.restore(signal) },
  {
    title: 'remove deployed objects',
    found: await objectsOfLab(cluster.kube),
    undo: () => removeNamespaces(cluster.kube, signal),
  },
]
