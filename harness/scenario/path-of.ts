// By which path `lab run` finds a scenario again that is not in the lab's own folder of scenarios.
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { repositoryRoot } from '../places.ts'

/** The lab's own scenarios: they are named by their slug. */
export const catalogue = join(repositoryRoot, 'scenarios')

/** From the lab's folder where the scenario is in it, else the whole path; undefined: its slug is enough. It always has a slash. */
export const pathOf = (folder: string): string | undefined => {
  if (dirname(folder) === catalogue) return undefined
  const inside = relative(repositoryRoot, folder)
  const isOutside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)
  return isOutside ? folder : `./${inside}`
}
