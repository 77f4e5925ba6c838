// What a report is written as. A format is a file of format/, and is found because it is there.
import { join } from 'node:path'
import * as z from 'zod'
import { callable, extensionFile, extensionNames, loadExport } from '../extension.ts'
import type { Run } from '../model/run.ts'

export interface Format {
  /** Name of the file beside run.json. */
  readonly file: string
  readonly write: (run: Run) => string
}

const Shape = z.object({ file: z.string(), write: callable<Format['write']>() })

const folder = join(import.meta.dirname, 'format')

export const formats: readonly Format[] = await Promise.all(
  (await extensionNames(folder)).map((name) => loadExport<Format>(extensionFile(folder, name), 'format', Shape)),
)
