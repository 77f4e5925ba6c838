// Cost of feeding a live page, for the measuring process: concurrent episodes of a hundred pods, in real time.
import { cpus } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { readRun } from '../judge/read-run.ts'
import { openFeed } from '../live/feed.ts'
import { serve } from '../live/server.ts'
import type { Timeline } from '../model/timeline.ts'
import { emitTrial } from '../events/emit.ts'

const episodes = 6
const seconds = 60
const run = new URL('../../reports/accepted/orphaned-finalizers/run.json', import.meta.url).pathname

/** The state that was known at this time after the trigger. */
const until = (timeline: Timeline, atMs: number): Timeline => ({
  ...timeline,
  lanes: timeline.lanes.map((lane) => ({ ...lane, states: lane.states.filter((state) => state.atMs <= atMs) })),
  events: timeline.events.filter((event) => event.atMs <= atMs),
  actions: timeline.actions.filter((action) => action.atMs <= atMs),
})

/** Shares of the machine's CPU time, in words. */
export const livePageCost = async (say: (line: string) => void): Promise<string> => {
  say(`live page: ${episodes} episodes for ${seconds} s`)
  const trials = (await readRun(run)).scenarios.flatMap(({ trials: all }) => all).filter(({ timeline }) => timeline)
  const { emit, feed } = openFeed()
  const { address, close } = await serve('', feed, { port: 0 })
  const browser = execa('curl', ['--silent', '--no-buffer', `${address}events`], {
    reject: false,
    buffer: false,
    stdout: 'ignore',
  })
  const about = {
    slug: 'orphaned-finalizers',
    block: 0,
    replica: 0,
    kind: 'episode',
    pods: [],
    rateRps: 2,
    lastsMs: 0,
  } as const
  const emitter = trials
    .slice(0, episodes)
    .map(({ arm, node, timeline, load }) => ({ emitToEnd: emitTrial(emit, { ...about, pods: [], arm, node }), timeline, load }))
  const [cpu, from] = [process.cpuUsage(), performance.now()]
  for (let second = 0; second < seconds; second += 1) {
    for (const { emitToEnd, timeline, load } of emitter) {
      if (timeline) emitToEnd.story(() => ({ timeline: until(timeline, timeline.fromMs + second * 1000), isTriggered: true }))
      const got = load.perSecond[second]
      if (got) emitToEnd.second(got, () => ({}))
    }
    await pause(from + (second + 1) * 1000 - performance.now())
  }
  const { user, system } = process.cpuUsage(cpu)
  const share = (user + system) / 1000 / (performance.now() - from) / cpus().length
  emit({ type: 'run-ends', verdict: '' })
  await close(1000)
  await browser
  const pods = emitter[0]?.timeline?.lanes.filter(({ kind }) => kind === 'pod').length ?? 0
  return `${emitter.length} episodes of orphaned-finalizers side by side, ${pods} pods each, sent in real time to one page for ${seconds} s:
${(share * 100).toFixed(2)} % of the CPU time of this machine in the process that measures. The limit is 3 %.`
}
