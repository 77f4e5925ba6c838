// Parsers of flag values.
import { randomInt } from 'node:crypto'
import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod'
import { Duration, durationMs } from '../model/moment.ts'
import { either } from '../report/write/listed.ts'

export const positiveSeconds = (text: string): number =>
  parsed(z.coerce.number().positive().max(86_400), text, 'a number of seconds above 0, at most a day')

export const seed = (text: string): number => parsed(z.coerce.number().int().nonnegative(), text, 'a whole number of at least 0')

/** At most what `lab judge` reads: `harness/judge/sound-trials.ts`. */
export const blocks = (text: string): number =>
  parsed(z.coerce.number().int().min(2).max(100), text, 'a whole number from 2 to 100')

/** One episode has an answer of its own. */
export const episodes = (text: string): number =>
  parsed(z.coerce.number().int().min(1).max(100), text, 'a whole number from 1 to 100')

export const workers = (text: string): number =>
  parsed(z.coerce.number().int().min(1).max(100), text, 'a whole number from 1 to 100')

/** With or without the percent sign. Changes below 5 % never count: see `smallestChange`. */
export const percent = (text: string): number =>
  parsed(z.coerce.number().min(5).max(10_000), text.replace(/ ?%$/, ''), 'a number of percent from 5 to 10000, such as 20')

export const timesAsFast = (text: string): number =>
  parsed(z.coerce.number().min(0.1).max(1000), text, 'a number from 0.1 to 1000')

export const portNumber = (text: string): number =>
  parsed(z.coerce.number().int().min(0).max(65_535), text, 'a whole number from 0 to 65535')

/** A time such as 15m, in seconds. */
export const within = (text: string): number => {
  const result = Duration.safeParse(text)
  if (!result.success) throw new InvalidArgumentError('It has to be a time such as 15m or 900s.')
  return durationMs(result.data) / 1000
}

/** The flag for one of these minor versions of Kubernetes, with or without its v; the first one is the default. */
export const kubernetesOption = (minors: Minors): Option =>
  new Option(
    '--kubernetes <version>',
    `${either(minors)}; a cluster of another version is replaced. Default: the version of the running cluster, else ${minors[0]}`,
  ).argParser((text: string): string => minorOf(text, minors))

/** The same for several, joined by commas, each once. */
export const kubernetesVersionsOption = (minors: Minors): Option =>
  new Option(
    '--kubernetes <versions>',
    `${either(minors)}, or several, separated by commas: one run and one cluster for each, and a matrix of them. A cluster of another version is replaced. Default: the version of the running cluster, else ${minors[0]}`,
  ).argParser((text: string): string[] => {
    const chosen = names(text).map((name) => minorOf(name, minors))
    if (chosen.length === 0) throw new InvalidArgumentError(`It has to be ${either(minors)}.`)
    return [...new Set(chosen)]
  })

type Minors = readonly [string, ...string[]]

const minorOf = (text: string, minors: Minors): string => {
  const minor = text.startsWith('v') ? text : `v${text}`
  if (minors.includes(minor)) return minor
  throw new InvalidArgumentError(`It has to be ${either(minors)}.`)
}

export const platformOption = new Option(
  '--platform <name>',
  'as `lab platforms` lists them, or the path of a .yaml file; a cluster of another platform is replaced. Default: the platform of the running cluster, else default',
)

export const replaceOption = new Option(
  '--replace',
  'replace a running cluster that has another node image, shape or platform; --kubernetes and --platform imply it',
)

/** Whether the command may replace a running cluster that does not fit: with --replace, a version or a platform. */
export const mayReplaceCluster = ({
  replace,
  kubernetes,
  platform,
}: {
  readonly replace?: boolean
  readonly kubernetes?: unknown
  readonly platform?: unknown
}): boolean => replace ?? (kubernetes !== undefined || platform !== undefined)

export const randomSeed = (): number => randomInt(2 ** 31)

export const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)

const parsed = (type: z.ZodType<number>, text: string, wanted: string): number => {
  const result = type.safeParse(text === '' ? undefined : text)
  if (!result.success) throw new InvalidArgumentError(`It has to be ${wanted}.`)
  return result.data
}
