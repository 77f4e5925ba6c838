// Cost of observing: the same arm in the same cluster, block by block with all probes of the scenario and with latency only.
import { provider } from '../cluster/index.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { uncounted } from '../model/phase.ts'
import { loadScenarios, selectScenarios } from '../scenario/load-scenarios.ts'
import { findProbes } from '../probe/kit/find-probe.ts'
import { deployArms } from '../measure/steady/deploy-arms.ts'
import { armNamespace, readScenarioFiles } from '../scenario/arm-manifests.ts'
import { play } from '../measure/play.ts'
import { runTrial } from '../measure/steady/trial.ts'
import { compare } from '../stats/compare.ts'
import { noEvents } from '../events/emit.ts'
import { shuffledBlocks } from '../design/shuffle.ts'

const blocks = 8
const seed = 1
const pace = { blocks, warmup: '1s', window: '10s' }

/** Paragraphs for the benchmarks page. Uses the running cluster, or creates one and keeps it. */
export const probeOverhead = async (say: (line: string) => void): Promise<string> => {
  const signal = new AbortController().signal
  const work = {
    step: <T>(title: string, run: (report: (line: string) => void) => Promise<T>) => (say(title), run(() => {})),
    signal,
  }
  const [loaded] = selectScenarios(await loadScenarios(), ['cpu-limit-throttling'])
  if (!loaded) throw new Error('cpu-limit-throttling is the scenario with the most probes')
  const { scenario, folder } = loaded
  const { cluster } = await provider.up({
    ...work,
    shape: 'lab',
    platform: undefined,
    kubernetes: undefined,
    workers: undefined,
    usefulWorkers: 3,
    images: [],
    offline: false,
    replace: false,
    keep: true,
    kept: true,
    readyWithinMs: 120_000,
    timePhase: uncounted,
  })
  const testbed = await cluster.open()
  try {
    const files = await readScenarioFiles(folder, scenario)
    const copies = [{ arm: 'control', namespace: armNamespace(scenario.slug, 'control') }]
    const [arm] = await deployArms({ cluster, testbed, scenario, files, signal }, copies)
    if (!arm) throw new Error('control was not deployed')
    const probesOf = { with: await findProbes(scenario.probes, folder), without: await findProbes({ 'request-latency': {} }) }
    const { trial } = scenario
    if (trial.kind !== 'steady') throw new Error(`${scenario.slug} is not under steady load`)
    const shared = {
      slug: scenario.slug,
      trial,
      kube: cluster.kube,
      testbed,
      emit: noEvents,
      timePhase: uncounted,
      signal,
    }
    const latency: Record<'with' | 'without', number[]> = { with: [], without: [] }
    const slots = (['with', 'without'] as const).map((probes) => ({ probes, arm: 'control', replica: 0, floorMs: 0 }))
    const designed = shuffledBlocks(slots, blocks, seed)
    const measure = async (trials: Readonly<typeof designed>): Promise<void> => {
      for (const planned of trials) {
        const { probes, block } = planned
        say(`${probes} probes, block ${block + 1}`)
        const task = { planned, arm, order: 0, rateRps: 9.9, pace }
        const found = await runTrial({ ...shared, probes: probesOf[probes] }, task)
        latency[probes].push(found.metrics.latency_p99 ?? NaN)
      }
    }
    await play([designed], { measure, isMeasured: ({ probes, block }) => latency[probes][block] !== undefined }, 0)
    const pairs = latency.with.map((value, index) => ({ arm: value, reference: latency.without[index] ?? NaN }))
    const { ratio, interval, answer } = compare(pairs, { spread: 0 })
    const list = (values: readonly number[]): string => values.map((value) => value.toFixed(1)).join(', ')
    return `\`control\` of cpu-limit-throttling at 9.9 requests/s, ${blocks} shuffled blocks of ${pace.window}, p99 in ms.

| | p99 by block |
|---|---|
| all ${Object.keys(scenario.probes).length} probes, counters read ten times a second | ${list(latency.with)} |
| latency alone | ${list(latency.without)} |

With the probes p99 is ${ratio.toFixed(3)} of what it is without them, ${((interval?.level ?? 0) * 100).toFixed(1)} % interval ${interval?.low.toFixed(3)} to ${interval?.high.toFixed(3)}: ${answer}.`
  } finally {
    testbed.close()
    await removeNamespaces(cluster.kube, signal)
  }
}
