// Formats of a report. A format is a file of format/, found on disk.
import { join } from 'node:path'
import * as z from 'zod'
import { callable, extensionFile, extensionNames, loadExport } from '../extension.ts'
import type { Run, ScenarioRun } from '../model/run.ts'

/** A file beside run.json. */
export interface ReportFile {
  /** Its name, without a folder. */
  readonly file: string
  readonly text: string
}

export interface Format {
  /** Names of all files that `write` can create for a run of these scenarios, for removing an earlier report. */
  readonly files: (scenarios: readonly Pick<ScenarioRun, 'slug'>[]) => readonly string[]
  /** One file, or several that link to one another. */
  readonly write: (run: Run) => readonly ReportFile[]
}

const Shape = z.object({ files: callable<Format['files']>(), write: callable<Format['write']>() })

const folder = join(import.meta.dirname, 'format')

const formats: readonly Format[] = await Promise.all(
  (await extensionNames(folder)).map((name) => loadExport<Format>(extensionFile(folder, name), 'format', Shape)),
)

/** Names of all files that the report of a run of these scenarios can have. */
export const filesOfReport = (scenarios: readonly Pick<ScenarioRun, 'slug'>[]): string[] =>
  formats.flatMap(({ files }) => files(scenarios))

/** All files of a run's report. */
export const reportFiles = (run: Run): ReportFile[] => formats.flatMap(({ write }) => write(run))
