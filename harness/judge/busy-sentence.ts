// The one sentence of a run without a verdict for other work of the host: what took its CPU time, and what to do next.
import { roughly } from '../model/build-cost.ts'
import type { BusyCause, BusyHost } from '../model/busy-host.ts'
import { measureAgain } from '../model/command.ts'
import { runLane } from '../model/phase.ts'
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import type { Program } from '../model/trial.ts'
import { causesOf } from './busy-causes.ts'

type Judged = Omit<Run, 'busy'>

/** Undefined: other work took no verdict. */
export const busyHostOf = (run: Judged): BusyHost | undefined => {
  const affected = run.scenarios.filter(({ arms }) => arms.some(isAffected))
  const causes = causesOf(affected)
  const [first] = causes
  if (!first) return undefined
  const next = `${advice[first.cause]}${repeatWords({ ...run, scenarios: affected }, run)}`
  return { sentence: `${openingWords(run)}: ${causes.map(causeWords).join('; and ')}. Next: ${next}.`, causes, next }
}

const isAffected = ({ because }: ArmRun): boolean => because === 'busy-host'

const advice: Readonly<Record<BusyCause['cause'], string>> = {
  others: 'stop them, or run it on a quieter machine',
  steal: 'run it when the hypervisor is less busy, or on a machine whose CPUs are its own',
}

const mostNames = 3

/** Names the arms, unless none has a verdict. */
const openingWords = ({ scenarios }: Judged): string => {
  const arms = scenarios.flatMap((scenario) => scenario.arms)
  const affected = arms.filter(isAffected)
  const whole = 'The machine was too busy for'
  if (affected.length === arms.length) return `${whole} a verdict`
  return scenarios.length === 1 && affected.length <= mostNames
    ? `${whole} a verdict of ${affected.map(({ name }) => name).join(', ')}`
    : `${whole} ${affected.length} of ${arms.length} verdicts`
}

const causeWords = ({ cause, from, to, limits, programs }: BusyCause): string => {
  const decimals = decimalsFor(from, limits[0] ?? 0)
  const percent = (share: number): string => (share * 100).toFixed(decimals)
  const range = percent(from) === percent(to) ? percent(to) : `${percent(from)} to ${percent(to)}`
  const limit = `limit ${limits.map(percent).join(' or ')} %`
  return cause === 'steal'
    ? `the hypervisor took ${range} % of its CPU time for other machines, ${limit}`
    : `processes outside the cluster used ${range} % of its CPU time, ${limit}${programs.length === 0 ? '' : `: ${programs.map(programWords).join(', ')}`}`
}

const mostDecimals = 6

/** None, unless a share above the limit would be printed as the limit. */
const decimalsFor = (share: number, limit: number): number => {
  let decimals = 0
  while (decimals < mostDecimals && Number((share * 100).toFixed(decimals)) <= Number((limit * 100).toFixed(decimals))) decimals++
  return decimals
}

/** `chromium (4711 and 5 more) 43 %` */
const programWords = ({ name, pid, processes, share }: Program): string =>
  `${name} (${pid}${processes > 1 ? ` and ${processes - 1} more` : ''}) ${(share * 100).toFixed(0)} %`

const longestCommand = 300

/** `: npx lab run http2-hot-pod --quick takes about 3 min`; empty if the command is too long, for a side of a comparison, and for a check of an exercise, which other commands repeat. */
const repeatWords = (again: Judged, run: Judged): string => {
  if (run.comparison || run.phases.length === 0) return ''
  const [command, seconds] = [measureAgain(again), secondsOf(again, run)]
  return command.length > longestCommand ? '' : `: ${command}${seconds === null ? '' : ` takes about ${roughly(seconds)}`}`
}

/** Of the scenarios that are measured again: as designed, and what the run took for the cluster. Older runs have no design: then all of it, without builds. */
const secondsOf = (again: Judged, { scenarios, phases, startedAt, finishedAt }: Judged): number | null => {
  const secondsIn = (...which: readonly string[]): number =>
    phases
      .filter(({ lane, phase }) => lane === runLane && which.includes(phase))
      .reduce((sum, each) => sum + each.toMs - each.fromMs, 0) / 1000
  const designed = again.scenarios.flatMap(({ design }: ScenarioRun) => design?.seconds ?? [])
  if (designed.length === again.scenarios.length)
    return designed.reduce((sum, seconds) => sum + seconds, secondsIn('cluster', 'add-ons', 'clean-up'))
  if (finishedAt === null || again.scenarios.length < scenarios.length) return null
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 - secondsIn('images')
}
