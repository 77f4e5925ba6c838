// Chooses the next episode for a free node: of the scenario it is prepared for, else of the scenario that needs nodes most.
import type { PlannedTrial } from '../../model/design.ts'

export type QueuedEpisode = PlannedTrial & { readonly slug: string }

export interface EpisodeQueue {
  /**
   * For a node that is prepared for `readyFor`; null: for an unchanged node. Preparing it for another scenario restarts its kubelet.
   * Undefined: only further blocks of running arms are left. An arm has one namespace, so their own nodes take those.
   */
  readonly take: (readyFor: string | null) => QueuedEpisode | undefined
  /** Marks an episode as done. */
  readonly over: (episode: QueuedEpisode) => void
  /** Drops the rest of this scenario. */
  readonly drop: (slug: string) => void
  readonly left: () => number
}

/** Overhead of an episode: deploying and removing its objects. */
const aroundMs = 35_000

/** Episodes of a scenario follow one another as its design says. */
export const openQueue = (episodes: readonly QueuedEpisode[]): EpisodeQueue => {
  const waiting = Map.groupBy(episodes, ({ slug }) => slug)
  const nodes = new Map<string, number>()
  const count = (slug: string, change: number): unknown => nodes.set(slug, (nodes.get(slug) ?? 0) + change)
  const leftOf = (slug: string): readonly QueuedEpisode[] => waiting.get(slug) ?? []
  const underWay = new Set<string>()
  const armOf = ({ slug, arm }: QueuedEpisode): string => `${slug} ${arm}`
  const nextOf = (slug: string): QueuedEpisode | undefined => leftOf(slug).find((each) => !underWay.has(armOf(each)))
  /** Remaining work per node with one more node: the next seat by d'Hondt's method. */
  const need = (slug: string): number =>
    leftOf(slug).reduce((sum, { floorMs }) => sum + floorMs + aroundMs, 0) / ((nodes.get(slug) ?? 0) + 1)
  return {
    take: (readyFor) => {
      const neediest = [...waiting.keys()].toSorted((a, b) => need(b) - need(a)).find(nextOf)
      const slug = readyFor !== null && nextOf(readyFor) ? readyFor : neediest
      const next = slug === undefined ? undefined : nextOf(slug)
      if (slug === undefined || next === undefined) return undefined
      if (slug !== readyFor) {
        if (readyFor !== null) count(readyFor, -1)
        count(slug, 1)
      }
      waiting.set(
        slug,
        leftOf(slug).filter((each) => each !== next),
      )
      underWay.add(armOf(next))
      return next
    },
    over: (episode) => void underWay.delete(armOf(episode)),
    drop: (slug) => void waiting.delete(slug),
    left: () => [...waiting.values()].flat().length,
  }
}
