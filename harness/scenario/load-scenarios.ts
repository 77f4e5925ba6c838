// Finds scenarios on disk: every subfolder of a folder of scenarios is one.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, delimiter, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { problemsIn } from '../model/issues.ts'
import { LabError, messageOf } from '../model/lab-error.ts'
import { Scenario } from '../model/scenario.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { problemsOf } from './check.ts'
import { lineOf } from './line-of.ts'
import { nearMiss } from './near-miss.ts'
import { catalogue } from './path-of.ts'

/** `LAB_SCENARIOS` names other folders of scenarios, joined as in PATH. */
const foldersOfScenarios = (): string[] =>
  (process.env.LAB_SCENARIOS ?? catalogue).split(delimiter).filter((folder) => folder !== '')

/** All scenarios by name, or one error with every problem of every file. */
export const loadScenarios = async (): Promise<readonly LoadedScenario[]> => {
  const folders = await Promise.all(foldersOfScenarios().map(foldersIn))
  return loadAll(folders.flat())
}

/** The scenarios of these names: slugs as `lab list` shows them, or paths of folders. */
export const chooseScenarios = async (names: readonly string[]): Promise<readonly LoadedScenario[]> => {
  const paths = names.filter(isPath)
  const slugs = names.filter((name) => !isPath(name))
  const [known, own] = [slugs.length > 0 ? await loadScenarios() : [], await loadAll(paths.map((path) => resolve(path)))]
  return [...selectScenarios(known, slugs), ...own]
}

/** The scenarios of this suite; an unknown name throws an error with the nearest one. */
export const scenariosOfSuite = async (suite: string): Promise<readonly LoadedScenario[]> => {
  const all = await loadScenarios()
  const found = all.filter(({ scenario }) => scenario.suite === suite)
  if (found.length > 0) return found
  const known = [...new Set(all.flatMap(({ scenario }) => scenario.suite ?? []))]
  throw new LabError(`There is no suite ${suite}`, {
    exit: 'usage',
    why: nearMiss(suite, known),
    next: '`lab list` shows the suite of each scenario; a scenario names its own in `suite`',
  })
}

/** A slug has neither a slash nor a dot. */
const isPath = (name: string): boolean => /[./\\]/.test(name)

/** The scenarios of these slugs; an unknown slug throws an error with the nearest one. */
export const selectScenarios = (all: readonly LoadedScenario[], slugs: readonly string[]): readonly LoadedScenario[] =>
  slugs.map((slug) => {
    const found = all.find((each) => each.scenario.slug === slug)
    if (found) return found
    const known = all.map((each) => each.scenario.slug)
    throw new LabError(`There is no scenario ${slug}`, {
      exit: 'usage',
      why: nearMiss(slug, known),
      next: '`lab list` shows all; name your own scenario by its path, such as ./my-scenario',
    })
  })

const foldersIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new LabError(`${folder} cannot be read as a folder of scenarios`, {
      why: messageOf(error),
      next: 'LAB_SCENARIOS names folders whose subfolders are scenarios',
      exit: 'usage',
    })
  })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
}

const loadAll = async (folders: readonly string[]): Promise<readonly LoadedScenario[]> => {
  const loaded = await Promise.all(folders.toSorted((a, b) => basename(a).localeCompare(basename(b))).map(loadScenario))
  const scenarios = loaded.filter((each) => 'scenario' in each)
  const twice = scenarios.filter(
    ({ scenario }, index) => scenarios.findIndex((each) => each.scenario.slug === scenario.slug) < index,
  )
  const problems = [
    ...loaded.flatMap((each) => ('problems' in each ? each.problems : [])),
    ...twice.map(({ scenario, folder }) => `${shownPath(folder)}: another scenario is also called ${scenario.slug}`),
  ]
  if (problems.length === 0) return scenarios
  throw new LabError('A scenario is invalid', { evidence: problems, exit: 'usage', next: 'fix the lines above' })
}

const shownPath = (path: string): string => relative(process.cwd(), path) || '.'

const loadScenario = async (folder: string): Promise<LoadedScenario | { problems: string[] }> => {
  const slug = basename(folder)
  const file = join(folder, 'scenario.ts')
  const shown = shownPath(file)
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isThere)
    return {
      problems: [
        `${shownPath(folder)}: is not a scenario: it has no scenario.ts; \`lab new scenario ${slug}\` creates one that runs`,
      ],
    }
  const source = await readFile(file, 'utf8')
  let written: unknown
  try {
    written = z.object({ default: z.unknown() }).parse(await import(pathToFileURL(file).href)).default
  } catch (error) {
    return { problems: [`${shown}: ${messageOf(error)}`] }
  }
  const at = (path: readonly PropertyKey[], message: string): string =>
    `${shown}:${lineOf(source, path)}: ${path.join('.')}: ${message}`
  const parsed = Scenario.safeParse(written)
  if (!parsed.success) return { problems: problemsIn(parsed.error.issues).map(({ path, message }) => at(path, message)) }
  const problems = [
    ...(parsed.data.slug === slug ? [] : [at(['slug'], `is ${parsed.data.slug}, but the folder is ${slug}`)]),
    ...(await problemsOf(parsed.data, folder)).map((problem) =>
      problem.file
        ? `${shownPath(join(folder, problem.file))}:${problem.line}: ${problem.message}`
        : at(problem.path, problem.message),
    ),
  ]
  return problems.length > 0 ? { problems } : { scenario: parsed.data, folder }
}
