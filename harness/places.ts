// Paths: the repository, and the lab's state on this machine. Builds are in the cache.
import { access, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod'

export const stateDir = (): string =>
  process.env.LAB_STATE || join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'kubernetes-incident-lab')

/** The lab's own kubeconfig; the lab never reads or writes the user's. */
export const kubeconfigPath = (): string => join(stateDir(), 'kubeconfig')

export const engineLogPath = (): string => join(stateDir(), 'dockerd.log')
export const enginePidPath = (): string => join(stateDir(), 'dockerd.pid')
/** Log of clean-ups after killed commands. */
export const cleanLogPath = (): string => join(stateDir(), 'clean.log')

/** Address of the running exercise, and the learner's credentials: only its own process uses and removes them. */
export const exerciseAddressPath = (): string => join(stateDir(), 'exercise.json')
export const exerciseKubeconfigPath = (): string => join(stateDir(), 'exercise-kubeconfig')

export const repositoryRoot = resolve(import.meta.dirname, '..')
/** `lab`, as a child process calls it. */
export const labProgram = join(repositoryRoot, 'harness', 'cli', 'lab')
const kindConfigs = join(repositoryRoot, 'kind-configs')
export const platformsFolder = join(kindConfigs, 'platforms')

/** The file of that name in a folder, or the path of a file elsewhere. */
const yamlPath = (folder: string, name: string): string => (name.endsWith('.yaml') ? resolve(name) : join(folder, `${name}.yaml`))

/** File of a shape: by its name under kind-configs/, or the path of a file elsewhere. */
export const shapePath = (shape: string): string => yamlPath(kindConfigs, shape)
/** File of a platform, likewise. */
export const platformPath = (platform: string): string => yamlPath(platformsFolder, platform)

/** Whether the path exists. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** From package.json. */
export const labVersion = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}
