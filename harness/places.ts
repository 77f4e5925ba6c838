// Where things are: the repository, and what the lab keeps on a machine between commands. What it builds lies in the cache.
import { access, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod'

export const stateDir = (): string =>
  process.env.LAB_STATE || join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'kubernetes-incident-lab')

/** The lab's own kubeconfig: the user's is never read or written. */
export const kubeconfigPath = (): string => join(stateDir(), 'kubeconfig')

export const engineLogPath = (): string => join(stateDir(), 'dockerd.log')
export const enginePidPath = (): string => join(stateDir(), 'dockerd.pid')
/** What was cleaned up after commands that were killed. */
export const cleanLogPath = (): string => join(stateDir(), 'clean.log')

/** Where the exercise that runs answers, and the learner's credentials: only its own process needs them, and removes them. */
export const exerciseAddressPath = (): string => join(stateDir(), 'exercise.json')
export const exerciseKubeconfigPath = (): string => join(stateDir(), 'exercise-kubeconfig')

export const repositoryRoot = resolve(import.meta.dirname, '..')
/** File of a shape: by its name under kind-configs/, or the path of a file elsewhere. */
export const shapePath = (shape: string): string =>
  shape.endsWith('.yaml') ? resolve(shape) : join(repositoryRoot, 'kind-configs', `${shape}.yaml`)

/** Whether there is a file or a folder of this path. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** As package.json says. */
export const labVersion = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}
