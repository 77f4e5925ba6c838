// How the numbers came about, in sentences that both renderings print.
import type { ScenarioRun } from '../../model/run.ts'
import { exact } from '../numbers/quantity.ts'
import { duration } from './moment.ts'

/** The method of a scenario: load, order, limits and how values are combined; a term and a sentence each. */
export const methodWords = (scenario: ScenarioRun, seed: number): readonly (readonly [term: string, sentence: string])[] => {
  const { blocks, warmup, window, rateRps, limits } = scenario.method
  return [
    [
      'Load',
      `Open loop: ${rateRps} requests a second have their send times fixed beforehand. Latency counts from the intended time, so a server that stalls is charged for the requests it delayed.`,
    ],
    ['Failures', 'A request without a good reply is counted as failed. It is in no latency, fast or slow.'],
    [
      'Order',
      `${blocks} blocks, each with one trial of every arm, in an order shuffled from seed ${seed}, so that drift of the machine falls on all arms alike.`,
    ],
    [
      'Window',
      `Each trial warms up for ${duration(warmup)}, which is thrown away, and is then measured for ${duration(window)}.`,
    ],
    [
      'Self-check',
      `A trial counts only if the load itself held: send lag p99 at most ${exact(limits.sendLagP99Ms, 'ms')}, achieved rate at least ${exact(limits.achievedRateRatio, 'ratio')}.`,
    ],
    [
      'Values',
      'A value combines its valid trials by their median (counts: their sum). The range beside it runs from the smallest to the largest block.',
    ],
  ]
}
