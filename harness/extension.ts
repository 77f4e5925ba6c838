// Finds extensions of the lab by file name: the folder is the registry, and exports are checked.
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { issuesOf } from './model/issues.ts'
import { LabError } from './model/lab-error.ts'

/** Names of the extensions in a folder, in alphabetical order: its files except tests and type-only files. */
export const extensionNames = async (folder: string): Promise<string[]> =>
  (await readdir(folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()

/** The export of a file under a name. An error says which file is wrong, and why. */
export const loadExport = async <T>(file: string, exported: string, schema: z.ZodType<T>): Promise<T> => {
  const module = z.record(z.string(), z.unknown()).parse(await import(pathToFileURL(file).href))
  const parsed = schema.safeParse(module[exported])
  if (parsed.success) return parsed.data
  throw new LabError(`${relative(process.cwd(), file)} must export a valid \`${exported}\``, {
    evidence: issuesOf(parsed.error),
    next: 'fix the lines above in that file',
    exit: 'usage',
  })
}

/** A function of any type: arguments and results cannot be checked before the call. */
export const callable = <F>() => z.custom<F>((value) => typeof value === 'function', 'a function')

export const extensionFile = (folder: string, name: string): string => join(folder, `${name}.ts`)
