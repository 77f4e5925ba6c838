// Creates a scenario from the template, under a new name.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { LabError } from '../model/lab-error.ts'
import { Name } from '../model/scenario.ts'
import { isThere, repositoryRoot } from '../places.ts'

const template = join(import.meta.dirname, 'template')

/** Creates the folder of a scenario, and returns its path. Never overwrites files. */
export const newScenario = async (slug: string, where: string): Promise<string> => {
  if (!Name.safeParse(slug).success)
    throw new LabError(`${slug} is not a valid name of a scenario`, {
      why: 'names are lower-case words joined by hyphens',
      next: 'choose another name, such as my-scenario',
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
