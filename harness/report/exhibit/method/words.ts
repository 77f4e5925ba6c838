// The method of measurement and of the verdicts, in sentences for both renderings.
import type { ScenarioRun } from '../../../model/run.ts'
import { errorOfRun } from '../../../model/verdict.ts'
import { fewestBlocks } from '../../../stats/signed-rank.ts'
import { exact, figure, quantity } from '../../write/quantity.ts'
import { episodeTerms } from '../../write/episode-method-words.ts'
import { listed } from '../../write/listed.ts'
import { duration } from '../../write/date.ts'

/** For an interval of 95 %. */
const enoughForInterval = fewestBlocks(0.05)

type Term = readonly [term: string, sentence: string]

const loadTerms = ({ rateRps, capacityRps }: ScenarioRun['method']): Term[] => [
  [
    'Load',
    `Open loop: the send times of ${rateRps} requests per second are fixed beforehand. Latency counts from the intended send time, so it includes the delay of a stalled server.`,
  ],
  ...(capacityRps === null
    ? []
    : [
        [
          'Rate',
          `A share of what the incident arm sustained in calibration, before the first trial: ${quantity(rateRps / capacityRps, 'ratio')} of ${figure(capacityRps, '')} requests a second.`,
        ] as const,
      ]),
  ['Failures', 'A request without a good reply counts as failed, and is in no latency.'],
]

/** Arms that change something under load have a longer window. */
const otherWindow = ({ arms, trials }: ScenarioRun): string => {
  const changing = arms.filter(({ differences }) => differences.some(({ appliedAt }) => appliedAt === 'loaded'))
  const ofThem = trials.filter(({ arm }) => changing.some(({ name }) => name === arm)).map(({ load }) => load.windowMs)
  const seconds = [...new Set(ofThem.map((ms) => Math.round(ms / 1000)))]
  return seconds.length === 0
    ? ''
    : ` Where an arm changes something under load the window is ${listed(seconds.map((each) => `${each} s`))}.`
}

const orderTerms = (scenario: ScenarioRun, { blocks, warmup, window }: ScenarioRun['method'], seed: number): Term[] => [
  [
    'Order',
    `${blocks} blocks, each with ${scenario.design ? 'a new deployment and ' : ''}one trial of every arm and a second one of control, in an order shuffled from seed ${seed}, so that drift of the machine affects every arm equally.`,
  ],
  [
    'Window',
    `Each trial warms up for ${duration(warmup)}, which is discarded, and is then measured for ${duration(window)}.${otherWindow(scenario)}`,
  ],
  [
    'A/A',
    `The second control trial of each block, “control 2”, is in none of control’s values: compared with the first, it shows the measurement noise${scenario.design ? ', that between deployments included' : ''}.`,
  ],
]

const ofChange = ({ changeSendLagP99Ms: limitMs }: ScenarioRun['method']['limits']): string =>
  limitMs === undefined
    ? ''
    : ` Where an arm changes something under load the lag may be ${exact(limitMs, 'ms')}: pods that start during the window compete with the load generator for CPU, so the latency of such an arm is not reported, and nothing at a resolution below one second.`

const checkTerms = ({ limits }: ScenarioRun['method']): Term[] => [
  [
    'Self-check',
    `A trial counts only if the load itself held: send lag p99 at most ${exact(limits.sendLagP99Ms, 'ms')}, achieved rate at least ${exact(limits.achievedRateRatio, 'ratio')}.${ofChange(limits)}`,
  ],
  [
    'Quiet host',
    `And only if the host was quiet: at most ${exact(limits.hostSteal, 'ratio')} of its CPU time taken by the hypervisor for others, at most ${exact(limits.hostOthers, 'ratio')} used by processes outside the cluster, and no CPU quota that stopped a node. Invalid trials are repeated, whatever their result.`,
  ],
]

/** "0.42 %", "0.1 to 0.21 %": of the rules of the arms. */
const levelsOf = ({ arms }: ScenarioRun): number[] => [
  ...new Set(arms.flatMap(({ decisions }) => decisions.flatMap(({ level = [] }) => level))),
]

const percentOf = (share: number): string => `${Number((share * 100).toPrecision(2))} %`

/** "; of that 50 % for a look after 12 blocks, 25 % after 16 and 25 % after 20" */
const looksOf = ({ design }: ScenarioRun): string => {
  const looks = design?.looks ?? []
  if (looks.length < 2) return ''
  return `; of that ${listed(looks.map(({ blocks, share }) => `${percentOf(share)} for the look after ${blocks} blocks`))}`
}

/** The level of the rules, and how few blocks carry no interval at it. */
const levelWords = (scenario: ScenarioRun): string => {
  const levels = levelsOf(scenario)
  if (levels.length === 0) return ''
  const [least, most] = [Math.min(...levels), Math.max(...levels)]
  const here = least === most ? percentOf(least) : `${percentOf(least)} to ${percentOf(most)}`
  return ` Its level is ${percentOf(errorOfRun)} divided by the arms under steady load of the run${looksOf(scenario)}: here ${here}, for which ${fewestBlocks(most)} blocks are the fewest.`
}

/** The fewest blocks that decided a rule without an interval, as they were too few for one; null: all had enough. */
const tooFewBlocks = ({ arms }: ScenarioRun): number | null => {
  const few = arms.flatMap(({ decisions }) =>
    decisions.flatMap(({ level, rules }) =>
      level === undefined ? [] : rules.flatMap(({ blocks }) => (blocks && blocks.all < fewestBlocks(level) ? [blocks.all] : [])),
    ),
  )
  return few.length === 0 ? null : Math.min(...few)
}

/** What chance may do to the verdicts; empty in older runs, or if no arm was decided. */
const errorTerm = (scenario: ScenarioRun): Term[] => {
  if (levelsOf(scenario).length === 0) return []
  const few = tooFewBlocks(scenario)
  const limit = `at most ${percentOf(errorOfRun)} of runs like this one give any wrong verdict under steady load`
  const under =
    'This holds where chance moves the blocks independently of each other and the margin up as often as down, and where at most two rules of an arm lie exactly at their bound. Counts are compared as they are. Comparisons have an error of 5 % of their own.'
  return [
    [
      'Error',
      few === null
        ? `By chance ${limit}. ${under}`
        : `With ${few} blocks there is no exact limit for wrong verdicts. In simulated runs of three blocks a latency at 1.2 times its bound was called fixed in less than 1 %: “fixed” at a bound of 1.25 times control shows at most 1.5 times control. A run with enough blocks for an interval has one: by chance ${limit}. ${under}`,
    ],
  ]
}

const judgementTerms = (scenario: ScenarioRun): readonly Term[] => [
  [
    'Values',
    `A value combines its valid trials by their median (counts: their sum). From ${enoughForInterval} blocks on, the table shows its 95 % interval (BCa bootstrap over the blocks), else the smallest and the largest block.`,
  ],
  [
    'Rules',
    [
      `The exact Hodges–Lehmann interval of the margin to the bound decides, block by block, as a ratio where all values are above 0: a rule holds when all of the interval is inside, fails when all is outside, and is not settled otherwise.${levelWords(scenario)}`,
      'With fewer blocks all of them must agree, and the middle one must be clear of the bound by the A/A spread; from 3 blocks on the middle one is enough, so that one odd block does not decide.',
      'A claim that arms differ must then also be 3 times the A/A spread. Without an A/A spread nothing is settled.',
      'Counts are compared as sums. A metric that one valid trial lacks was not measured; a trial without any reply fails a limit on latency.',
    ].join(' '),
  ],
  [
    'Comparisons',
    'The logarithms of the ratios, block by block: improved or regressed when the p-value of the exact signed-rank test, adjusted for all comparisons of the run (Holm), is at most 5 %; with too few blocks for that, when every block differs the same way by 3 times the A/A spread. Equivalent when two one-sided tests at 5 %, of each comparison by itself, put the ratio within 5 % of 1.',
  ],
]

/** The method of a scenario: load, order, limits and how verdicts follow; a term and a sentence each. */
export const methodWords = (scenario: ScenarioRun, seed: number): readonly Term[] => {
  const { method } = scenario
  return method.episode === null
    ? [
        ...loadTerms(method),
        ...orderTerms(scenario, method, seed),
        ...checkTerms(method),
        ...judgementTerms(scenario),
        ...errorTerm(scenario),
      ]
    : [...episodeTerms(method, method.episode), ...loadTerms(method), ...checkTerms(method)]
}
