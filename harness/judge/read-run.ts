// A run as it lies on disk, from wherever it came: checked whole before anything is done with it.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LabError, messageOf } from '../model/lab-error.ts'
import { issuesOf } from '../model/issues.ts'
import { journalName, JournalLine } from '../model/journal-line.ts'
import type { RunHead, RunPlan } from '../model/journal-line.ts'
import { Run } from '../model/run.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import { judgeRun, measuredOf } from './judge-run.ts'
import { outOfBounds } from './bounded-trials.ts'
import { unsoundness } from './sound-trials.ts'

/** What was measured in a run: from its run.json, or its folder; of a run that was killed, from the journal it left there. */
export const readMeasured = async (path: string): Promise<MeasuredRun> => {
  if (await isThere(join(path, 'run.json'))) return measuredOf(await readRun(join(path, 'run.json')))
  if (await isThere(join(path, journalName))) return (await readJournal(join(path, journalName))).run
  return basename(path) === journalName ? (await readJournal(path)).run : measuredOf(await readRun(path))
}

/** A run that was cut off, as its journal has it, and what was asked for. */
export const readUnfinished = async (folder: string): Promise<{ run: MeasuredRun; plan: RunPlan }> => {
  if (await isThere(join(folder, journalName))) return readJournal(join(folder, journalName))
  throw new LabError(`${folder} has no run that could be resumed`, {
    why: `there is no ${journalName}: a run that was finished leaves none`,
    exit: 'usage',
  })
}

/** The same, judged: by its own rules, with the judge of today. */
export const readJudged = async (path: string): Promise<Run> => judgeRun(await readMeasured(path))

/** Several, one after the other, without their trials: those are most of a run, and of a hundred runs they would fill the memory. */
export const readWithoutTrials = async (paths: readonly string[]): Promise<Run[]> => {
  const runs: Run[] = []
  for (const path of paths) {
    const run = await readJudged(path)
    runs.push({ ...run, scenarios: run.scenarios.map((scenario) => ({ ...scenario, trials: [] })) })
  }
  return runs
}

/** Paths of the runs in a folder: of the folder itself, where it is one, else of the folders in it that are. None is an error. */
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
    throw new LabError(`${path} has no run in it`, {
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

/** A whole run.json. What is none is an error in one line. */
export const readRun = async (path: string): Promise<Run> => {
  const found = parse(path, await readText(path))
  const { schemaVersion } = (found ?? {}) as { schemaVersion?: unknown }
  const { value: wanted } = Run.shape.schemaVersion
  if (typeof schemaVersion === 'number' && schemaVersion !== wanted)
    throw refused(path, `it has schema ${schemaVersion}, and this version of the lab reads schema ${wanted}`)
  const sample = Run.safeParse(sampleOf(found))
  const parsed = sample.success ? Run.safeParse(found) : sample
  if (parsed.success) return sound(path, parsed.data)
  const [first = '', ...others] = issuesOf(parsed.error)
  throw refused(path, `${first}${others.length > 0 ? `, and ${others.length} problems more` : ''}`)
}

/** The run, where it can be judged: not more than a machine can do, and its trials what they say they are. */
const sound = <Read extends MeasuredRun>(path: string, run: Read): Read => {
  const fault = outOfBounds(run.scenarios) ?? run.scenarios.flatMap((scenario) => unsoundness(scenario) ?? [])[0]
  if (fault !== undefined) throw refused(path, fault)
  return run
}

/** JSON that is no longer, wider or deeper than a run can be: input that would make its reader slow is refused before it does. */
const parse = (path: string, text: string): unknown => {
  const excess = excessOf(text)
  if (excess) throw refused(path, excess)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refused(path, messageOf(error))
  }
}

/** Several times what the largest runs have. */
const limits = { bytes: 256 * 1024 ** 2, entries: 50_000, depth: 24, largest: 1e15 }

/** A number without its sign. */
const written = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

const readText = async (path: string): Promise<string> => {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new Error('it is no regular file') // to read a pipe would wait for its writer
    if (found.size > limits.bytes) throw new Error(`it has more than ${limits.bytes / 1024 ** 2} MiB`)
    return await readFile(path, 'utf8')
  } catch (error) {
    throw refused(path, messageOf(error))
  }
}

/** What is too much in a text of JSON, found before anything is made of it; undefined: nothing. */
const excessOf = (text: string): string | undefined => {
  if (/"__proto__"\s*:/.test(text)) return 'an object in it has the key __proto__'
  const entries = [0] // of each list and object that is open
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

/** The first entries of every list and object: when they are wrong already, nobody has to hear of a million others. */
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

/** The last line of a run that was killed may be half a line. */
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
