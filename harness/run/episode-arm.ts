// An arm as an episode plays it on a node: its objects placed there, its trigger, its steps, its end.
import type { ClusterImage } from '../cluster/provider.ts'
import type { Manifest } from '../kube/client.ts'
import type { Moment } from '../model/moment.ts'
import type { EpisodeTrial, Scenario, Step } from '../model/scenario.ts'
import { episodeManifests, parseManifests, pinImages } from './arm-manifests.ts'
import type { ScenarioFiles } from './arm-manifests.ts'
import { placeOn } from './place.ts'

/** An arm as an episode plays it: its objects, placed on the node. */
export interface EpisodeArm {
  readonly name: string
  readonly namespace: string
  readonly podSecurity: string
  readonly deployed: readonly Manifest[]
  /** Empty for control. */
  readonly triggered: readonly Manifest[]
  readonly steps: readonly Step[]
  readonly until: readonly Moment[]
  /** Objects of a step's file. */
  readonly objectsOf: (file: string) => readonly Manifest[]
}

/** Control has neither trigger nor steps. */
export const episodeArm = (
  { slug, arms, podSecurity }: Scenario,
  trial: EpisodeTrial,
  files: ScenarioFiles,
  name: string,
  node: string,
  images: readonly ClusterImage[],
): EpisodeArm => {
  const arm = arms[name]
  if (!arm) throw new Error(`arm ${name} was planned but is not known`)
  const { deployed, triggered } = episodeManifests(files, name, trial.trigger, images)
  const isControl = arm.kind === 'control'
  return {
    name,
    namespace: `lab-${slug}-${name}`,
    podSecurity,
    deployed: placeOn(deployed, node, trial.node.size),
    triggered: isControl ? [] : placeOn(triggered, node, trial.node.size),
    steps: isControl ? [] : [...trial.steps, ...arm.steps],
    until: arm.until ?? trial.until,
    objectsOf: (file) => {
      const written = files.applied.get(file)
      const objects = (written ? parseManifests(written) : []).map((object) => pinImages(object, images))
      return placeOn(objects, node, trial.node.size)
    },
  }
}
