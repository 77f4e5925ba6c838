// Reads a run from disk and validates it completely before use.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LabError, messageOf } from '../model/lab-error.ts'
import { issuesOf } from '../model/issues.ts'
import { journalName, JournalLine } from '../model/journal-line.ts'
import type { RunHead, RunPlan } from '../model/journal-line.ts'
import { Run } from '../model/run.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import { judgeRun, measuredOf } from './judge-run.ts'
import { designMismatch } from './as-its-design.ts'
import { readable, upgraded } from './older-schema.ts'
import { outOfBounds } from './bounded-trials.ts'
import { unsoundness } from './sound-trials.ts'

/** The measurements of a run: from its run.json or its folder; for a killed run from its journal. */
export const readMeasured = async (path: string): Promise<MeasuredRun> => {
  if (await isThere(join(path, 'run.json'))) return measuredOf(await readRun(join(path, 'run.json')))
  if (await isThere(join(path, journalName))) return (await readJournal(join(path, journalName))).run
  return basename(path) === journalName ? (await readJournal(path)).run : measuredOf(await readRun(path))
}

/** An interrupted run from its journal, and its request. */
export const readUnfinished = async (folder: string): Promise<{ run: MeasuredRun; plan: RunPlan }> => {
  if (await isThere(join(folder, journalName))) return readJournal(join(folder, journalName))
  throw new LabError(`${folder} has no run to resume`, {
    why: `it has no ${journalName}: a finished run leaves none`,
    next: 'name the folder of a run that was cut off; `lab judge` reports a finished one again',
    exit: 'usage',
  })
}

/** The same, judged by its own rules with the current judge. */
export const readJudged = async (path: string): Promise<Run> => judgeRun(await readMeasured(path))

/** Several runs, one after the other, without their trials, which would fill the memory for a hundred runs. */
export const readWithoutTrials = async (paths: readonly string[]): Promise<Run[]> => {
  const runs: Run[] = []
  for (const path of paths) {
    const run = await readJudged(path)
    runs.push({ ...run, scenarios: run.scenarios.map((scenario) => ({ ...scenario, trials: [] })) })
  }
  return runs
}

/** Paths of the runs in a folder: the folder itself if it is a run, else the runs in it. Throws if there is none. */
export const runsIn = async (path: string): Promise<string[]> => {
  const isRun = async (folder: string): Promise<boolean> =>
    (await isThere(join(folder, 'run.json'))) || isThere(join(folder, journalName))
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new LabError(`${path} cannot be read as a folder of runs: ${messageOf(error)}`, {
      exit: 'usage',
      next: 'name the folder of a run, such as reports/runs/2026-11-27T01-50-02, or one that holds such folders',
    })
  })
  if (await isRun(path)) return [path]
  const folders = entries.filter((entry) => !entry.isFile()).map(({ name }) => join(path, name))
  const runs: string[] = []
  for (const folder of folders.toSorted()) if (await isRun(folder)) runs.push(folder)
  if (runs.length === 0)
    throw new LabError(`${path} contains no run`, {
      exit: 'usage',
      next: `name a folder with run.json or ${journalName}, or one of such folders`,
    })
  return runs
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A whole run.json; an invalid one throws an error of one line. */
export const readRun = async (path: string): Promise<Run> => {
  const found = upgraded(parse(path, await readText(path)))
  const { schemaVersion } = (found ?? {}) as { schemaVersion?: unknown }
  if (typeof schemaVersion === 'number' && !readable.some((each) => each === schemaVersion))
    throw refused(path, `it has schema ${schemaVersion}, but this version of the lab reads schemas ${readable.join(' and ')}`)
  const sample = Run.safeParse(sampleOf(found))
  const parsed = sample.success ? Run.safeParse(found) : sample
  if (parsed.success) return sound(path, parsed.data)
  const [first = '', ...others] = issuesOf(parsed.error)
  throw refused(path, `${first}${others.length > 0 ? `, and ${others.length} more problems` : ''}`)
}

/** The run, if it can be judged: not too large, and with consistent trials. */
const sound = <Read extends MeasuredRun>(path: string, run: Read): Read => {
  const faultOf = (scenario: MeasuredScenario): string | null => unsoundness(scenario) ?? designMismatch(scenario)
  const fault = outOfBounds(run.scenarios) ?? run.scenarios.flatMap((scenario) => faultOf(scenario) ?? [])[0]
  if (fault !== undefined) throw refused(path, fault)
  return run
}

/** JSON within the limits of a run: refuses input that would slow down its reader. */
const parse = (path: string, text: string): unknown => {
  const excess = excessOf(text)
  if (excess) throw refused(path, excess)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refused(path, messageOf(error))
  }
}

/** Several times the largest known runs. */
const limits = { bytes: 256 * 1024 ** 2, entries: 50_000, depth: 24, largest: 1e15 }

/** A number without its sign. */
const written = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

const readText = async (path: string): Promise<string> => {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new Error('it is not a regular file') // reading a pipe would wait for its writer
    if (found.size > limits.bytes) throw new Error(`it has more than ${limits.bytes / 1024 ** 2} MiB`)
    return await readFile(path, 'utf8')
  } catch (error) {
    throw refused(path, messageOf(error))
  }
}

/** What exceeds a limit in a JSON text, found before parsing; undefined: nothing. */
const excessOf = (text: string): string | undefined => {
  if (/"__proto__"\s*:/.test(text)) return 'an object in it has the key __proto__'
  const entries = [0] // of each open list and object
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at)
    else if (letter === '[' || letter === '{') {
      if (entries.push(0) > limits.depth) return `it is nested more than ${limits.depth} deep`
    } else if (letter === ']' || letter === '}') entries.pop()
    else if (letter !== undefined && letter >= '0' && letter <= '9') {
      written.lastIndex = at
      const [number = letter] = written.exec(text) ?? []
      const size = Number(number)
      if (size > limits.largest) return `a number in it is larger than ${limits.largest.toExponential().replace('+', '')}`
      if (size > 0 && size < 1 / limits.largest) return `a number in it is nearer to 0 than ${1 / limits.largest}`
      at += number.length - 1
    } else if (letter === ',') {
      const count = (entries.pop() ?? 0) + 1
      if (count > limits.entries) return `a list or an object in it has more than ${limits.entries} entries`
      entries.push(count)
    }
  }
  return undefined
}

const endOfString = (text: string, start: number): number => {
  let end = start
  do end = text.indexOf('"', end + 1)
  while (end > 0 && isEscaped(text, end))
  return end < 0 ? text.length : end
}

const isEscaped = (text: string, at: number): boolean => {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

/** The first entries of every list and object: if they are wrong, the rest need not be reported. */
const sampleOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, sampled).map(sampleOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, sampled)
      .map(([key, each]) => [key, sampleOf(each)]),
  )
}
const sampled = 100

/** The last line of a killed run may be incomplete. */
const readJournal = async (path: string): Promise<{ run: MeasuredRun; plan: RunPlan }> => {
  const lines = (await readText(path)).split('\n').slice(0, -1)
  let head: { readonly run: RunHead; readonly plan: RunPlan } | undefined
  const scenarios = new Map<string, MeasuredScenario>()
  for (const [index, text] of lines.entries()) {
    const parsed = JournalLine.safeParse(parse(path, text))
    if (!parsed.success) throw refused(path, `line ${index + 1}: ${issuesOf(parsed.error)[0] ?? ''}`)
    const line = parsed.data
    if ('run' in line) head = line
    else if ('scenario' in line) {
      const { slug } = line.scenario
      scenarios.set(slug, { ...line.scenario, trials: scenarios.get(slug)?.trials ?? [] })
    } else scenarios.get(line.slug)?.trials.push(line.trial)
  }
  if (!head) throw refused(path, 'its first line is missing')
  return { plan: head.plan, run: sound(path, { ...head.run, scenarios: [...scenarios.values()] }) }
}

const refused = (path: string, why: string): LabError =>
  new LabError(`${path} cannot be read as a run of the lab: ${why.split('\n')[0]}`, {
    exit: 'usage',
    next: 'name a folder that `lab run` wrote, its run.json, or its run.jsonl',
  })
