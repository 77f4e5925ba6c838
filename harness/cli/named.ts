// --name, anywhere on the command line: a further cluster with its own state folder.
import { join } from 'node:path'
import { LabError } from '../model/lab-error.ts'
import { stateDir } from '../places.ts'

/** The name becomes part of the names of containers and of a folder. */
const validName = /^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/

/** The arguments without it, and the environment variables that it sets, also for child processes. */
export const takeName = (
  words: readonly string[],
): { readonly words: string[]; readonly env: Readonly<Record<string, string>> } => {
  const at = words.findIndex((word) => word === '--name' || word.startsWith('--name='))
  if (at === -1) return { words: [...words], env: {} }
  const [word = '', next = ''] = words.slice(at)
  const isOne = word.startsWith('--name=')
  const name = isOne ? word.slice('--name='.length) : next
  if (!validName.test(name))
    throw new LabError(`${name} is not valid for --name`, {
      why: 'a name has 1 to 30 lowercase letters, digits or hyphens, and starts and ends with a letter or digit',
      next: 'choose another name, such as --name demo-2',
      exit: 'usage',
    })
  const folder = join('named', name)
  const state = stateDir().endsWith(folder) ? stateDir() : join(stateDir(), folder) // a shell started with that name already has it
  return { words: words.toSpliced(at, isOne ? 1 : 2), env: { LAB_CLUSTER: `incident-lab-${name}`, LAB_STATE: state } }
}
