// The path by which `lab run` finds a scenario outside of the lab's own folder.
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { repositoryRoot } from '../places.ts'

/** The lab's own scenarios, named by slug. */
export const catalogue = join(repositoryRoot, 'scenarios')

/** Relative to the lab's folder if inside it, else absolute; undefined: the slug is enough. Always has a slash. */
export const pathOf = (folder: string): string | undefined => {
  if (dirname(folder) === catalogue) return undefined
  const inside = relative(repositoryRoot, folder)
  const isOutside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)
  return isOutside ? folder : `./${inside}`
}
