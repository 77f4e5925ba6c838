// Finds the probes of a scenario: `pod-share` is the file pod-share.ts, in any folder of harness/probe/ or in probes/ of the scenario. Validates their
// options.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import * as z from 'zod'
import { callable, loadExport } from '../../extension.ts'
import { issuesOf } from '../../model/issues.ts'
import { LabError } from '../../model/lab-error.ts'
import type { MetricDefinitions } from '../../model/metric.ts'
import type { Probe, ProbeContext, Started } from './probe.ts'

/** A probe with the options a scenario gives it. */
export interface ReadyProbe {
  readonly name: string
  readonly metrics: MetricDefinitions
  /** It reads the timeline of an episode. */
  readonly needsTimeline: boolean
  readonly start: (context: ProbeContext) => Promise<Started>
}

const probesFolder = join(import.meta.dirname, '..')

const Shape = z.object({
  options: z.instanceof(z.ZodType),
  metrics: callable<Probe['metrics']>(),
  needsTimeline: z.boolean().optional(),
  start: callable<Probe['start']>(),
})

/** The probes of a scenario, each with its options. `folder`: the scenario's, whose probes/ may hold probes of its own. */
export const findProbes = (wanted: Readonly<Record<string, unknown>>, folder?: string): Promise<readonly ReadyProbe[]> =>
  Promise.all(Object.entries(wanted).map(([name, written]) => findProbe(name, written, folder)))

/** Throws for an unknown probe or invalid options, with a line for each problem. */
export const findProbe = async (name: string, written: unknown, folder?: string): Promise<ReadyProbe> => {
  const probe: Probe = await loadExport(await probeFile(name, folder), 'probe', Shape)
  const options = z.safeParse(probe.options, written)
  if (!options.success)
    throw new LabError(`The options of probe ${name} are wrong`, {
      evidence: issuesOf(options.error),
      next: 'fix the lines above in `probes` of the scenario',
      exit: 'usage',
    })
  const { needsTimeline = false } = probe
  return { name, needsTimeline, metrics: probe.metrics(options.data), start: (context) => probe.start(context, options.data) }
}

let listed: Promise<string[]> | undefined
/** Searched once: every scenario has about ten probes. */
const probeFiles = (): Promise<string[]> => (listed ??= readdir(probesFolder, { recursive: true }))

/** Folders of probes by where they read; a scenario ignores the folder. `kit/` has no probes. */
const probeFile = async (name: string, folder?: string): Promise<string> => {
  const shared = (await probeFiles()).filter((path) => basename(path) === `${name}.ts` && !['.', 'kit'].includes(dirname(path)))
  const own = folder === undefined ? [] : [join(folder, 'probes', `${name}.ts`)].filter((file) => existsSync(file))
  const files = [...shared.toSorted().map((path) => join(probesFolder, path)), ...own]
  const [file, ...others] = files
  if (file !== undefined && others.length === 0) return file
  const shown = (each: string): string => relative(process.cwd(), each)
  const places = [join(probesFolder, '*'), ...(folder === undefined ? [] : [join(folder, 'probes')])]
  const problem =
    file === undefined
      ? `there is no file ${places.map((place) => shown(join(place, `${name}.ts`))).join(' or ')}`
      : `this name has more than one file: ${files.map(shown).join(', ')}`
  throw new LabError(`${name} is not the name of one probe`, {
    evidence: [problem],
    next: 'a probe is named after its file in a folder of harness/probe/ or in probes/ of the scenario, and the name occurs once',
    exit: 'usage',
  })
}
