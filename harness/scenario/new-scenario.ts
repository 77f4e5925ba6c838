// A new scenario is a copy of the template, under a name of its own.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { LabError } from '../model/lab-error.ts'
import { Name } from '../model/scenario.ts'
import { isThere, repositoryRoot } from '../places.ts'

const template = join(import.meta.dirname, 'template')

/** Writes the folder of a scenario into another one, and returns its path. Nothing that is there is overwritten. */
export const newScenario = async (slug: string, where: string): Promise<string> => {
  if (!Name.safeParse(slug).success)
    throw new LabError(`${slug} is not a valid name of a scenario`, {
      why: 'names are lower-case words joined by hyphens',
      exit: 'usage',
    })
  const folder = resolve(where, slug)
  if (await isThere(folder))
    throw new LabError(`${folder} already exists`, { exit: 'usage', next: 'choose another name, or another --in' })
  await cp(template, folder, { recursive: true })
  const file = join(folder, 'scenario.ts')
  const library = relative(folder, join(repositoryRoot, 'harness/index.ts'))
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace("'../../index.ts'", `'${library}'`).replace("'my-scenario'", `'${slug}'`))
  return folder
}
