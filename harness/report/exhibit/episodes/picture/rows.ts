// Which lanes the picture of an episode has, from top to bottom: the client, Services, values, the node, gauges, pods.
import type { Lane } from '../../../../model/timeline.ts'
import { callSeconds, loadStartMs } from '../../../../timeline/client-calls.ts'
import type { Episode } from '../../../facts/episode.ts'
import { inState, spansOf } from '../../../../timeline/lane-spans.ts'
import { isWell } from '../is-well.ts'
import { servedSpans } from '../served-spans.ts'
import { podLanes } from '../pod-lanes.ts'
import { nodeWords, serviceWords, valueWords } from '../lane-words.ts'
import { clientRow } from './client-row.ts'
import { gaugeRow } from './gauge-row.ts'
import type { LaneRow } from './lane-row.ts'
import { podRow } from './pod-row.ts'
import { barPx, spanBars } from './span-bars.ts'

const betweenPods = 6
const betweenGroups = 15

const barRow = (lane: Lane, episode: Episode, about: Pick<LaneRow, 'name' | 'detail'>): LaneRow => {
  const spans = lane.kind === 'service' ? servedSpans(lane, episode) : spansOf(lane, episode.timeline)
  return {
    ...about,
    words: [lane.kind === 'node' ? nodeWords(spans) : serviceWords(spans)],
    hurt:
      !isWell(episode) &&
      inState(spans, 'unserved', 'memory-pressure', 'disk-pressure', 'not-ready').some(({ toMs }) => toMs > 0),
    heightPx: barPx,
    gapPx: 10,
    bars: (topPx, scale) => spanBars(spans, topPx, barPx, scale),
  }
}

const valueRow = (lane: Lane, episode: Episode): LaneRow => {
  const spans = spansOf(lane, episode.timeline)
  return {
    name: lane.name,
    detail: '',
    words: [valueWords(spans)],
    hurt: !isWell(episode) && spans.at(-1)?.state === 'stale',
    heightPx: barPx,
    gapPx: 5,
    bars: (topPx, scale) => spanBars(spans, topPx, barPx, scale),
  }
}

/** The node the arm ran on, and any other unhealthy node. */
const nodesOf = ({ trial, timeline }: Episode): Lane[] =>
  timeline.lanes.filter(
    ({ kind, name, states }) => kind === 'node' && (name === trial.node || states.some(({ state }) => state !== 'ready')),
  )

/** All lanes of an episode. */
export const episodeRows = (episode: Episode): LaneRow[] => {
  const { trial, timeline } = episode
  const pods = podLanes(timeline)
  return [
    clientRow(
      callSeconds(timeline, trial.load).filter(({ fromMs }) => fromMs >= episode.calledFromMs),
      episode,
    ),
    ...timeline.lanes
      .filter(({ kind }) => kind === 'service')
      .map((lane) => barRow(lane, episode, { name: lane.name, detail: 'Service' })),
    ...timeline.lanes.filter(({ kind }) => kind === 'value').map((lane) => valueRow(lane, episode)),
    ...nodesOf(episode).map((lane) => barRow(lane, episode, { name: 'node', detail: lane.name === trial.node ? '' : lane.name })),
    ...Object.entries(trial.series).map(([name, series]) => gaugeRow(name, series, loadStartMs(timeline, trial.load))),
    ...pods.map((lane, index) => podRow(lane, episode, lane.group === pods[index - 1]?.group ? betweenPods : betweenGroups)),
  ]
}
