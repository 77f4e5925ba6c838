// --name, wherever it stands: a cluster beside others, with a state folder of its own.
import { join } from 'node:path'
import { LabError } from '../model/lab-error.ts'
import { stateDir } from '../places.ts'

/** Such a name is a part of the names of containers and of a folder. */
const validName = /^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/

/** The words without it, and the variables that it stands for: what the command starts is given them, too. */
export const takeName = (
  words: readonly string[],
): { readonly words: string[]; readonly env: Readonly<Record<string, string>> } => {
  const at = words.findIndex((word) => word === '--name' || word.startsWith('--name='))
  if (at === -1) return { words: [...words], env: {} }
  const [word = '', next = ''] = words.slice(at)
  const isOne = word.startsWith('--name=')
  const name = isOne ? word.slice('--name='.length) : next
  if (!validName.test(name))
    throw new LabError(`--name ${name} cannot be a name`, {
      why: 'use 1 to 30 lowercase letters, digits or hyphens; start and end with a letter or digit',
      exit: 'usage',
    })
  const folder = join('named', name)
  const state = stateDir().endsWith(folder) ? stateDir() : join(stateDir(), folder) // in a shell of that name it is known already
  return { words: words.toSpliced(at, isOne ? 1 : 2), env: { LAB_CLUSTER: `incident-lab-${name}`, LAB_STATE: state } }
}
