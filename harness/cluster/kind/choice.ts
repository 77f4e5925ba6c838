// Which platform and version of Kubernetes a command gets: what it asks for, else what runs, else the defaults.
import { catalogue, minorOf } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { LabError } from '../../model/lab-error.ts'
import { defaultPlatform } from '../../model/platform.ts'
import type { Platform } from '../../model/platform.ts'
import type { UpOptions } from '../provider.ts'
import { readPlatform } from './platforms.ts'
import type { KindStatus } from './status.ts'

/** Throws for a platform or a version that does not exist, and for two that contradict each other. */
export const choose = async (
  asked: Pick<UpOptions, 'platform' | 'kubernetes'>,
  existing: KindStatus,
): Promise<{ readonly platform: Platform; readonly kubernetes: Kubernetes }> => {
  const platform = await platformOf(asked.platform, existing)
  return { platform, kubernetes: versionOf(versionAsked(asked.kubernetes, platform), existing) }
}

/** The requested platform, else that of the running cluster, else the default. */
const platformOf = async (asked: string | undefined, existing: KindStatus): Promise<Platform> =>
  asked === undefined && existing.state === 'ready' ? existing.mark.platform : readPlatform(asked ?? defaultPlatform.name)

/** The version that the command or the platform names. */
const versionAsked = (asked: string | undefined, { name, kubernetes }: Platform): string | undefined => {
  if (asked !== undefined && kubernetes !== undefined && asked !== kubernetes)
    throw new LabError(`Platform ${name} has Kubernetes ${kubernetes}, not ${asked}`, {
      next: 'omit --kubernetes, or name another platform',
      exit: 'usage',
    })
  return asked ?? kubernetes
}

/** The requested version, else that of the running cluster, else the default. */
const versionOf = (asked: string | undefined, existing: KindStatus): Kubernetes => {
  const wanted = asked ?? (existing.state === 'ready' ? minorOf(existing.kubernetes) : undefined)
  const found = catalogue.find(({ minor }) => minor === wanted)
  if (found === undefined && asked !== undefined)
    throw new LabError(`The lab does not support Kubernetes ${asked}`, {
      why: `supported: ${catalogue.map(({ minor }) => minor).join(', ')}`,
      next: 'name one of them with --kubernetes, or omit it',
      exit: 'usage',
    })
  return found ?? catalogue[0]
}
