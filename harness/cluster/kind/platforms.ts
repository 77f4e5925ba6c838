// Platforms by name, from kind-configs/platforms/, and the user's own by path.
import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import { issuesOf } from '../../model/issues.ts'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { defaultPlatform, PlatformFile } from '../../model/platform.ts'
import type { Platform } from '../../model/platform.ts'
import { isThere, platformPath, platformsFolder } from '../../places.ts'
import type { Machine } from './machine.ts'

/** Those of the lab, the default one first. */
export const platforms = async (): Promise<readonly Platform[]> => [
  defaultPlatform,
  ...(await Promise.all((await platformNames()).map(readPlatform))),
]

const platformNames = async (): Promise<string[]> =>
  (await readdir(platformsFolder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted()

/** `name`: of a file of the lab, or the path of one's own, which ends in .yaml. */
export const readPlatform = async (name: string): Promise<Platform> => {
  if (name === defaultPlatform.name) return defaultPlatform
  const path = platformPath(name)
  if (!(await isThere(path)))
    throw new LabError(`There is no platform ${name}`, {
      why: `the lab has ${defaultPlatform.name}, ${(await platformNames()).join(', ')}`,
      next: 'name one of them, or the path of a .yaml file; `lab platforms` explains each',
      exit: 'usage',
    })
  const parsed = PlatformFile.safeParse(contentOf(name, await readFile(path, 'utf8')))
  const problems = parsed.success ? versionProblems(parsed.data) : issuesOf(parsed.error)
  if (!parsed.success || problems.length > 0) throw invalid(name, problems)
  return { name, ...parsed.data }
}

const contentOf = (name: string, text: string): unknown => {
  try {
    return parse(text)
  } catch (error) {
    throw invalid(name, [messageOf(error)])
  }
}

const versionProblems = ({ kubernetes }: PlatformFile): string[] =>
  kubernetes === undefined || catalogue.some(({ minor }) => minor === kubernetes)
    ? []
    : [`kubernetes: the lab supports ${catalogue.map(({ minor }) => minor).join(', ')}`]

const invalid = (name: string, evidence: readonly string[]): LabError =>
  new LabError(`Platform ${name} is not valid`, {
    evidence,
    next: 'correct these lines; kind-configs/README.md explains the fields',
    exit: 'usage',
  })

/** Throws if a cluster on this machine cannot have what the platform sets. */
export const requireAble = ({ name, kubelet }: Platform, { cgroup }: Pick<Machine, 'cgroup'>): void => {
  if (kubelet.singleProcessOOMKill === undefined || cgroup === 'v2') return
  throw new LabError(`Platform ${name} needs cgroup v2`, {
    why: 'on cgroup v1 the kernel kills single processes, whatever kubelet.singleProcessOOMKill says',
    evidence: [`this machine has cgroup ${cgroup}`],
    next: 'choose another platform, or a machine with cgroup v2',
    exit: 'cannotRun',
  })
}
