// An arm as an episode runs it on a node: its objects placed there, its trigger, its steps, its end.
import { addOnNamespace } from '../../artifact/add-on.ts'
import type { ClusterImage } from '../../cluster/provider.ts'
import type { Manifest } from '../../kube/client.ts'
import type { Moment } from '../../model/moment.ts'
import type { EpisodeTrial, Scenario, Step } from '../../model/scenario.ts'
import { armNamespace, episodeManifests, parseManifests, pinImages } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { placeOn } from './place.ts'

/** An arm of an episode, with its objects placed on the node. */
export interface EpisodeArm {
  readonly name: string
  readonly namespace: string
  readonly podSecurity: string
  readonly namespaceLabels: Readonly<Record<string, string>>
  /** Namespaces of the add-ons it needs. */
  readonly addOns: readonly string[]
  readonly deployed: readonly Manifest[]
  /** Null: none, as in control. */
  readonly trigger: Trigger | null
  readonly steps: readonly Step[]
  readonly until: readonly Moment[]
  /** Objects of a step's file. */
  readonly objectsOf: (file: string) => readonly Manifest[]
  readonly textOf: (file: string) => string
}

interface Trigger {
  readonly objects: readonly Manifest[]
  /** Starts existing, stopped objects. */
  readonly start?: () => Promise<void>
  readonly script: string | null
}

/** Control has only its own trigger and steps. */
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
  const { namespaceLabels, deployed, triggered } = episodeManifests(files, name, trial.trigger, images)
  const isControl = arm.kind === 'control'
  const trigger = arm.trigger ?? (isControl ? undefined : trial.trigger)
  const textOf = (file: string): string => files.applied.get(file)?.text ?? ''
  const objectsOf = (file: string): Manifest[] => {
    const objects = parseManifests({ file, text: textOf(file) }).map((object) => pinImages(object, images))
    return placeOn(objects, node, trial.node.size)
  }
  const triggerOf = (file: string): EpisodeArm['trigger'] => {
    if (file.endsWith('.sh')) return { objects: [], script: file }
    return { objects: file === trial.trigger ? placeOn(triggered, node, trial.node.size) : objectsOf(file), script: null }
  }
  return {
    name,
    namespace: armNamespace(slug, name),
    podSecurity,
    namespaceLabels,
    addOns: arm.addOns.map(addOnNamespace),
    deployed: placeOn(deployed, node, trial.node.size),
    trigger: trigger === undefined ? null : triggerOf(trigger),
    steps: isControl ? arm.steps : [...trial.steps, ...arm.steps],
    until: arm.until ?? trial.until,
    objectsOf,
    textOf,
  }
}
