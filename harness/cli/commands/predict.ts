// lab predict: predicts, without a cluster, the latency under a CPU limit and the limit that is enough.
import { Command, InvalidArgumentError, Option } from 'commander'
import * as z from 'zod'
import { LabError } from '../../model/lab-error.ts'
import { predictCpuQuota } from '../../predict/cpu-quota.ts'
import type { CpuQuotaInput } from '../../predict/cpu-quota.ts'
import { enough } from '../../predict/enough.ts'
import { modelError } from '../../predict/model-error.ts'
import { limitLines, sweepLines } from '../limit-words.ts'
import type { AtLimit } from '../limit-words.ts'
import { writeNamed } from '../write-named.ts'
import { timeMs, limitsBetween, millicores } from '../quantities.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { nearMiss } from '../../scenario/near-miss.ts'

/** One limit in millicores, or the two ends of a range; null: none. */
type Limits = readonly [number | null] | readonly [number, number]

interface Flags {
  readonly limit: Limits
  readonly otherLimits: number
  readonly cost: number
  readonly spread: number
  readonly tick: number
  readonly rate: number
  readonly period: number
  readonly arrivals: CpuQuotaInput['arrivals']
  readonly workers: number
  readonly chart?: string
  readonly json?: true
}

export const command = (): Command =>
  new Command('predict')
    .description('predict latency under a CPU limit; needs no cluster')
    .argument('<slug>', 'a scenario that has a model: cpu-limit-throttling')
    .addOption(
      new Option('--limit <quantity>', 'limits.cpu such as 200m, 1, 0.5 or none; or a range to sweep, such as 100m..500m')
        .argParser(limits)
        .default([200], '200m'),
    )
    .addOption(
      new Option('--other-limits <quantity>', 'limits of the other containers of the pod: its quota is the sum of all')
        .argParser(otherLimits)
        .default(0, 'none'),
    )
    .addOption(new Option('--cost <duration>', 'CPU time of a request, the mean').argParser(duration).default(30, '30ms'))
    .addOption(
      new Option('--spread <percent>', 'standard deviation of that time, as a share of the mean')
        .argParser(spread)
        .default(0, '0 %'),
    )
    .addOption(new Option('--rate <number>', 'requests per second').argParser(positive).default(3))
    .addOption(new Option('--period <duration>', 'period of the CFS quota').argParser(period).default(100, '100ms'))
    .addOption(
      new Option('--tick <duration>', 'how often the kernel accounts: 1000 ÷ CONFIG_HZ ms').argParser(duration).default(4, '4ms'),
    )
    .addOption(new Option('--arrivals <kind>', 'how requests are spaced').choices(['even', 'poisson']).default('even'))
    .addOption(
      new Option('--workers <number>', 'requests served at the same time, each on its own CPU').argParser(workers).default(1),
    )
    .option('--chart <file.svg>', 'draw a range as a chart')
    .option('--json', 'machine-readable output')
    .action(async (slug: string, flags: Flags) => {
      await checkModel(slug)
      const { limit, json, chart } = flags
      const service = {
        costMs: flags.cost,
        spread: flags.spread,
        rateRps: flags.rate,
        periodMs: flags.period,
        tickMs: flags.tick,
        sliceMs: 5,
        arrivals: flags.arrivals,
        workers: flags.workers,
        otherLimitsMillicores: flags.otherLimits,
        seed: 1,
      } as const
      const at = (limitMillicores: number | null): AtLimit => ({
        limitMillicores,
        prediction: predictCpuQuota({ ...service, limitMillicores }),
      })
      const isRange = limit.length === 2
      const predicted = (isRange ? limitsBetween(...limit) : limit).map(at)
      if (chart !== undefined) checkDrawable(predicted, isRange)
      const unlimited = at(null)
      const least = enough(service)
      if (chart !== undefined) {
        const { limitChart } = await import('../limit-chart.ts') // loaded on demand: drawing takes half a second to load
        await writeNamed(chart, limitChart(slug, predicted, least))
      }
      if (json)
        return console.log(
          JSON.stringify({ scenario: slug, service, predicted, unlimited, enough: least, modelError }, undefined, 2),
        )
      const columns = limit[0] === null ? predicted : [...predicted, unlimited]
      console.log((isRange ? sweepLines(service, predicted, least) : limitLines(service, columns, least)).join('\n'))
      if (chart !== undefined) console.log(`\nchart: ${chart}`)
    })

/** The only model is the one of CPU limits. */
const modelOfLimits = 'cpu-quota'

const checkModel = async (slug: string): Promise<void> => {
  const scenarios = (await loadScenarios()).map(({ scenario }) => scenario)
  const withModel = scenarios.filter((scenario) => scenario.predict === modelOfLimits).map((scenario) => scenario.slug)
  if (withModel.includes(slug)) return
  const isKnown = scenarios.some((scenario) => scenario.slug === slug)
  throw new LabError(isKnown ? `${slug} has no model` : `There is no scenario ${slug}`, {
    exit: 'usage',
    why: isKnown ? 'it can only be measured, with `lab run`' : nearMiss(slug, withModel),
    next: `name one that has a model: ${withModel.join(', ')}`,
  })
}

const checkDrawable = (predicted: readonly AtLimit[], isRange: boolean): void => {
  if (!isRange)
    throw new LabError('One limit makes no chart', { exit: 'usage', next: 'name a range, such as --limit 100m..500m' })
  if (predicted.every(({ prediction }) => prediction.overloaded))
    throw new LabError('There is no latency to draw', {
      exit: 'usage',
      why: 'the load exceeds each of these limits',
      next: 'name a range of higher limits with --limit, or a lower --rate or --cost',
    })
}

const valid = <T>(value: T | undefined, wanted: string): T => {
  if (value === undefined) throw new InvalidArgumentError(`It has to be ${wanted}.`)
  return value
}

const limits = (text: string): Limits => {
  if (text === 'none') return [null]
  const wanted = 'a CPU quantity such as 200m, 1 or 0.5, a range of two such as 100m..500m, or none'
  const [from, to, ...rest] = text.split('..').map((each) => valid(millicores(each), wanted))
  if (from === undefined || rest.length > 0 || (to !== undefined && to <= from)) return valid<Limits>(undefined, wanted)
  return to === undefined ? [from] : [from, to]
}

const otherLimits = (text: string): number => valid(millicores(text), 'a CPU quantity such as 200m, 1 or 0.5')

const spread = (text: string): number => {
  const share = Number(text.replace(/ ?%$/, '') || Number.NaN) / 100
  return valid(share >= 0 && share <= 1 ? share : undefined, 'a number of percent from 0 to 100, such as 5')
}

const duration = (text: string): number => valid(timeMs(text), 'a duration above 0, such as 30ms, 1.5s or 250us')

const period = (text: string): number => {
  const ms = timeMs(text) ?? 0
  return valid(ms >= 1 && ms <= 1000 ? ms : undefined, 'a duration from 1ms to 1s, as the kernel allows')
}

const positive = (text: string): number =>
  valid(
    z.coerce
      .number()
      .positive()
      .max(100_000)
      .safeParse(text || undefined).data,
    'a number above 0, at most 100,000',
  )

const workers = (text: string): number =>
  valid(
    z.coerce
      .number()
      .int()
      .positive()
      .max(256)
      .safeParse(text || undefined).data,
    'a whole number from 1 to 256',
  )
