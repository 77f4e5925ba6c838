// What a comparison compares: two platforms, or two folders of one scenario on the default platform.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LabError } from '../../model/lab-error.ts'
import { defaultPlatform } from '../../model/platform.ts'
import { chooseScenarios } from '../../scenario/load-scenarios.ts'
import { provider } from '../session.ts'
import { sides } from './turns.ts'
import type { Side } from './turns.ts'

export interface Subject {
  /** As the user named it. */
  readonly name: string
  readonly platform: string
  /** The minor version of its platform, else the default: a cluster that was kept may have another one. */
  readonly kubernetes: string
  /** Arguments of `lab run`; empty: a suite, or all. */
  readonly scenarios: readonly string[]
}

type Named = Readonly<Record<Side, string>>

/** `slugs`: the scenarios that both sides run. Throws for a platform or a scenario that is not valid, before anything starts. */
export const sidesOf = async (named: Named, slugs: readonly string[]): Promise<Record<Side, Subject>> => {
  const folders = await Promise.all(sides.map((side) => isFolder(named[side])))
  if (folders.every(Boolean)) return ofFolders(named, slugs)
  if (folders.some(Boolean))
    throw new LabError('One side is the folder of a scenario, and the other one a platform', {
      exit: 'usage',
      next: 'name two platforms, or two folders of one scenario',
    })
  const subject = (side: Side): Promise<Subject> => subjectOf(named[side], named[side], slugs)
  return { base: await subject('base'), change: await subject('change') }
}

const subjectOf = async (name: string, platform: string, scenarios: readonly string[]): Promise<Subject> => {
  const { kubernetes = provider.minors[0] } = await provider.platform(platform)
  return { name, platform, kubernetes, scenarios }
}

const ofFolders = async (named: Named, slugs: readonly string[]): Promise<Record<Side, Subject>> => {
  if (slugs.length > 0)
    throw new LabError(`Both sides are folders of a scenario; ${slugs.join(', ')} would be another one`, {
      exit: 'usage',
      next: 'lab compare --base FOLDER --change FOLDER',
    })
  const [[base] = [], [change] = []] = await Promise.all(sides.map((side) => chooseScenarios([resolve(named[side])])))
  if (base?.scenario.slug !== change?.scenario.slug)
    throw new LabError('The two folders are different scenarios', {
      why: `${named.base} is ${base?.scenario.slug}, ${named.change} is ${change?.scenario.slug}`,
      exit: 'usage',
      next: 'name two versions of one scenario: their folders have the same name, in two places',
    })
  const subject = (side: Side): Promise<Subject> => subjectOf(named[side], defaultPlatform.name, [resolve(named[side])])
  return { base: await subject('base'), change: await subject('change') }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** A line for each side, and what follows if both are the same. */
export const identityOf = ({ base, change }: Record<Side, Subject>): string[] => [
  `base: ${base.name}`,
  `change: ${change.name}`,
  ...(base.name === change.name ? ['both sides are the same: whatever is called worse is a false alarm'] : []),
]
