// The legend of the episode pictures: only what these episodes contain.
import { preemptionsOf } from '../../../timeline/evictions.ts'
import type { Episode } from '../../facts/episode.ts'
import { stateWord } from './state-words.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const meanings: readonly (readonly [swatch: string, states: readonly string[], means: string])[] = [
  ['even', ['ready', 'served'], 'ready, served, or a call answered (upwards)'],
  ['starting', ['starting'], 'starting'],
  ['pending', ['pending'], 'pending: waits for a node'],
  ['unserved', ['unserved'], 'a Service without a ready endpoint'],
  ['hot', ['memory-pressure', 'disk-pressure', 'not-ready', 'unready'], 'under pressure, or not ready'],
  ['even', ['current'], 'the value that was set last'],
  ['hot', ['stale'], 'a stale value'],
  ['eviction', ['evicted'], 'evicted, in this order; the line: the pod’s object remains'],
  ['over', ['failed'], 'failed'],
  ['ending', ['terminating'], 'ending: in Terminating'],
]

/** The legend. */
export const episodeKey = (episodes: readonly Episode[]): Markup => {
  const seen = new Set(
    episodes.flatMap(({ timeline }) => timeline.lanes.flatMap(({ states }) => states.map(({ state }) => state))),
  )
  const named = new Set(['succeeded', 'gone', ...meanings.flatMap(([, states]) => states)])
  const own = [...seen].filter((state) => !named.has(state)).map((state) => ['own', [state], stateWord(state)] as const)
  const failed = episodes.some(({ trial }) => trial.load.failed > 0)
  const preempted = episodes.some(({ timeline }) => preemptionsOf(timeline).length > 0)
  return markup`
<ul class="key">
${[...meanings, ...own]
  .filter(([, states]) => states.some((state) => seen.has(state)))
  .map(
    ([swatch, , means]) => markup`<li><span class="swatch ${swatch}">${swatch === 'eviction' ? '1' : null}</span>${means}</li>`,
  )}
${preempted ? markup`<li><span class="swatch preemption"></span>preempted for a pod of higher priority</li>` : null}
${failed ? markup`<li><span class="swatch failed"></span>a call failed (downwards)</li>` : null}
</ul>`
}
