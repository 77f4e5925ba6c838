// Clusters from kind: the lab reuses a running cluster that fits, and replaces one that does not fit or does not answer.
import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildCosts } from '../../artifact/build-costs.ts'
import { buildTogether } from '../../artifact/build-together.ts'
import type { Route } from '../../artifact/image.ts'
import { connect } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { defaultPlatform } from '../../model/platform.ts'
import type { Platform } from '../../model/platform.ts'
import type { Work } from '../../model/work.ts'
import type { Cluster, Provider, WorkerCapacity, UpOptions } from '../provider.ts'
import { lookAtDocker } from './docker.ts'
import { noSmallMemory } from './doctor/docker-engine.ts'
import { examine, requireFitMachine } from './doctor/doctor.ts'
import { docker } from '../../artifact/docker.ts'
import { runningEngine, ensureEngine, stopEngine } from './engine.ts'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { chooseRoute, nodeImage, toBuild, workloadImageName, workloadImages } from './images.ts'
import { lockName, releaseName } from './name-lock.ts'
import { clusterName, contextName, createCluster, loadImages } from './kind.ts'
import { guardMachine } from './guard.ts'
import { mustCompile, kindProgram } from './kind-program.ts'
import { leftBehind } from './left-behind.ts'
import { memoryOf, readMachine, workerCapacityOf } from './machine.ts'
import { hashOf, writeAnnotation } from './annotation.ts'
import type { ClusterAnnotation } from './annotation.ts'
import { nodeEvidence, nodes, wake, workers } from './nodes.ts'
import { connectOwn, foreignCluster, ownNodes, requireEngine, uidOf } from './owned.ts'
import { isKept, recordBegun, recordFinished, recordKept } from './record.ts'
import { platforms, readPlatform, requireAble } from './platforms.ts'
import { choose } from './choice.ts'
import { forgetCluster, removeCluster, removeUnfinished, removeAnyOwner } from './removal.ts'
import { kubeconfigPath, shapePath, stateDir } from '../../places.ts'
import { clusterReady, nodesReady } from './ready.ts'
import { recovered, replaceNext } from './recovery.ts'
import { setUp } from './doctor/setup.ts'
import { acceptingCgroup, onPlatform, podRange, withToken, withWorkers } from './shape.ts'
import { giveShare, limitMemory } from './shares.ts'
import { readStatus } from './status.ts'
import type { KindStatus } from './status.ts'
import { preloadedNodeImage } from './preloaded-node-image.ts'
import { nodeStates } from './node-states.ts'
import { openTestbed } from './testbed.ts'

/** The chosen version and platform, and the source of its images. */
interface Choice {
  readonly kubernetes: Kubernetes
  readonly platform: Platform
  readonly route: Route
}

type Images = readonly ClusterAnnotation['images'][number][]

const up = async (options: UpOptions): ReturnType<Provider['up']> => {
  const engine = await runningEngine().catch((error: unknown) => refuseWith(options, error))
  await lockName(options)
  const before: KindStatus = engine ? await readStatus() : { state: 'none' } // a stopped engine is started below
  if (before.state === 'another') throw foreignCluster(before.strangers)
  const { platform, kubernetes } = await choose(options, before)
  requireAble(platform, await readMachine())
  const named = [workloadImageName, ...options.images]
  await requireFitMachine({
    offline: options.offline,
    images: named,
    kubernetes,
    shape: before.state === 'none' ? options.shape : undefined,
  })
  await mkdir(stateDir(), { recursive: true })
  await ensureEngine(options)
  await lockName(options) // if the engine was started just now
  const route = await chooseRoute(options.offline)
  const { node, images } = await options.timePhase('images', async () => {
    const [, builtNode, builtImages] = await buildTogether(options, (work) => [
      kindProgram({ ...work, step: options.beside ?? options.step }), // without a release it is compiled: that is no failure
      nodeImage(work, route, kubernetes),
      workloadImages(work, route, named),
    ])
    return { node: builtNode, images: builtImages }
  })
  const made = await hashOf({ shape: options.shape, platform, node: node.reference })
  const found = await readStatus() // images may have taken minutes
  const isStarting = found.state === 'broken' && found.mayRecover && !options.replace && (await isKept())
  const existing = isStarting ? await recovered(options) : found
  if (existing.state === 'ready' && existing.mark.made === made) {
    await refuseOtherNumber(existing.workers, options.workers)
    await wake((await nodes()).map(({ name }) => name)) // paused by a run that was killed
    const kube = await connectOwn()
    await options.timePhase('cluster', () => nodesReady(options, kube, changedNext)) // its engine may just have started it again
    const mark = await options.timePhase('images', () => equip(options, existing.mark, images))
    if (options.kept) await recordKept()
    return { cluster: await finish(kube, mark, route), created: false, removeOnExit: !(await isKept()) }
  }
  if (existing.state === 'another') throw foreignCluster(existing.strangers)
  if (!options.replace) await refuseToReplace(existing, { shape: options.shape, platform })
  await (existing.state === 'none' ? forgetCluster() : removeCluster(options)) // another program may have removed its nodes
  const references = images.map(({ reference }) => reference)
  const preloaded = await options.timePhase('images', () => preloadedNodeImage(options, node.reference, references))
  const mark = { shape: options.shape, platform, made, images: [{ name: 'node', ...node }, ...images] }
  const cluster = await options.timePhase('cluster', () => create(options, { kubernetes, platform, route }, preloaded, mark))
  return { cluster, created: true, removeOnExit: !options.kept }
}

const changedNext = `\`lab clean\` restores nodes that a killed run changed; else ${replaceNext}`

/** Docker does not answer: the doctor's findings explain it better, if there are any. */
const refuseWith = async ({ offline, images }: UpOptions, error: unknown): Promise<never> => {
  await requireFitMachine({ offline, images, kubernetes: catalogue[0], shape: undefined })
  throw error
}

const create = async (
  options: UpOptions,
  { kubernetes, platform, route }: Choice,
  preloaded: string,
  mark: ClusterAnnotation,
): Promise<Cluster> => {
  const { configuration, title } = await configurationOf(options, kubernetes, platform)
  const token = randomUUID()
  const marked = withToken(configuration, token)
  await recordBegun(token, options.kept)
  try {
    await createCluster(options, `create cluster ${clusterName}${title}`, marked, preloaded).catch((error: unknown) =>
      addNodeEvidence(error, options),
    )
    const all = await ownNodes(await nodes())
    const names = all.map(({ name }) => name)
    const controlPlane = all.filter(({ role }) => role === 'control-plane')
    await giveShare(
      controlPlane.map(({ name }) => name),
      'controlPlane',
    )
    await limitMemory(names, memoryOf(workers(all).length)) // no node may use more than the memory planned for all
    const kube = connect(kubeconfigPath(), contextName, token)
    await clusterReady(options, kube, all, podRange(configuration))
    await recordFinished(
      all.map(({ id }) => id),
      await uidOf(kube),
    )
    return await finish(kube, mark, route)
  } catch (error) {
    if (!options.keep) await removeUnfinished({ step: options.step, signal: new AbortController().signal }) // after Ctrl-C too
    throw error
  }
}

/** kind's configuration. The lab's own shape has as many workers as the scenarios can use, any other one those it names, unless a number was requested. */
const configurationOf = async (
  options: UpOptions,
  { minor }: Kubernetes,
  platform: Platform,
): Promise<{ configuration: string; title: string }> => {
  const machine = await readMachine(await lookAtDocker())
  const shape = onPlatform(await readFile(shapePath(options.shape), 'utf8'), platform, minor)
  const own = acceptingCgroup(shape, minor, machine.cgroup)
  const on = platform.name === defaultPlatform.name ? '' : ` on platform ${platform.name}`
  if (options.workers === undefined && options.shape !== growingShape)
    return { configuration: own, title: ` of Kubernetes ${minor}${on}, shape ${options.shape}` }
  const { recommended, maximum } = workerCapacityOf(machine)
  const [wanted, limit] = options.workers === undefined ? [options.usefulWorkers, recommended] : [options.workers, maximum]
  const made = Math.min(wanted, limit.workers)
  const fewer = made < wanted ? `, not ${wanted}: ${limit.because}` : ''
  return {
    configuration: withWorkers(own, made),
    title: ` of Kubernetes ${minor}${on} with ${made} ${made === 1 ? 'worker' : 'workers'}${fewer}`,
  }
}

const growingShape = 'lab'

/** A running cluster is not replaced for another number of workers: something may run there. */
const refuseOtherNumber = async (existing: number, wanted: number | undefined): Promise<void> => {
  if (wanted === undefined || Math.min(wanted, (await readWorkerCapacity()).maximum.workers) === existing) return
  throw new LabError(`The running cluster has ${existing} workers, not ${wanted}`, {
    exit: 'usage',
    next: '`lab down` removes it; without --workers the lab uses it unchanged',
  })
}

/** Replaces a kept cluster only on request: it contains what `--keep` left. One whose nodes have exited has nothing left. */
const refuseToReplace = async (existing: KindStatus, wanted: Pick<ClusterAnnotation, 'shape' | 'platform'>): Promise<void> => {
  if (existing.state !== 'ready' || !(await isKept())) return
  throw new LabError('The running cluster does not fit, and it was created to be kept', {
    why: differenceOf(existing, wanted),
    exit: 'cannotRun',
    next: replaceNext,
  })
}

const differenceOf = (
  { shape, platform }: { readonly shape: string; readonly platform: Platform },
  wanted: Pick<ClusterAnnotation, 'shape' | 'platform'>,
): string => {
  if (shape !== wanted.shape) return `it has shape ${shape}, not ${wanted.shape}`
  if (platform.name !== wanted.platform.name) return `it has platform ${platform.name}, not ${wanted.platform.name}`
  return 'its nodes were made from another image, shape file or platform file'
}

/** kind reports only that it failed; the nodes show why. */
const addNodeEvidence = async (error: unknown, { keep }: UpOptions): Promise<never> => {
  if (!(error instanceof LabError)) throw error
  const evidence = [...(error.details.evidence ?? []), ...(await nodeEvidence())]
  throw new LabError(error.message, {
    ...error.details,
    evidence,
    next: keep ? 'the nodes stay for inspection; `lab down` removes them' : 'run it again with --keep to inspect the nodes',
    cause: error,
  })
}

/** Loads images that a reused cluster lacks. */
const equip = async (work: Work, mark: ClusterAnnotation, images: Images): Promise<ClusterAnnotation> => {
  const lacking = images.filter((image) => !mark.images.some((each) => each.reference === image.reference))
  if (lacking.length > 0)
    await loadImages(
      work,
      lacking,
      (await nodes()).map((node) => node.name),
    )
  const others = mark.images.filter((each) => !images.some((image) => image.name === each.name))
  return { ...mark, images: [...others, ...images] }
}

const finish = async (kube: Kube, mark: ClusterAnnotation, route: Route): Promise<Cluster> => {
  await writeAnnotation(kube, mark)
  const found = await lookAtDocker()
  const { cpus, memoryBytes, kernel, os, cgroup } = await readMachine(found)
  const host = { dockerEngine: found.engine?.version ?? '', cpus, memoryBytes, kernel, os, cgroup }
  return {
    provider: 'kind',
    name: clusterName,
    shape: mark.shape,
    platform: mark.platform,
    kubeconfigPath: kubeconfigPath(),
    kube,
    images: mark.images,
    route,
    host,
    open: () => openTestbed(kube),
    nodes: nodeStates(kube),
    copyKubectl: async (folder) =>
      void (await docker(['cp', '--follow-link', `${clusterName}-control-plane:/usr/bin/kubectl`, join(folder, 'kubectl')])),
  }
}

/** Uses the engine that answers, even if another one created the cluster. */
const downByForce = async (work: Work): Promise<boolean> => {
  if ((await runningEngine()) === null) await requireEngine()
  const isThere = (await nodes()).length > 0
  await (isThere ? removeAnyOwner(work) : forgetCluster())
  return isThere
}

const readWorkerCapacity = async (): Promise<WorkerCapacity> => workerCapacityOf(await readMachine())

export const provider: Provider = {
  name: 'kind',
  clusterName,
  minors: [catalogue[0].minor, ...catalogue.slice(1).map(({ minor }) => minor)],
  platforms,
  platform: readPlatform,
  examine,
  toBuild: async ({ kubernetes: asked, images, offline, isNewCluster }) => {
    const route = await chooseRoute(offline)
    const kubernetes = catalogue.find(({ minor }) => minor === asked) ?? catalogue[0]
    const kind = route === 'offline' && (await mustCompile()) ? [{ name: 'kind', cost: buildCosts.kind }] : []
    return [...kind, ...(await toBuild(route, kubernetes, [workloadImageName, ...images], isNewCluster))]
  },
  workerCapacity: readWorkerCapacity,
  unsupportedReason: async (size) => (size === 'small-memory' && (await lookAtDocker()).engine?.rootless ? noSmallMemory : null),
  up,
  releaseName,
  down: async (work, { force }) => {
    await lockName(work)
    if (force) return downByForce(work)
    const found = await readStatus()
    await (found.state === 'none' ? forgetCluster() : removeCluster(work))
    return found.state !== 'none'
  },
  setUp,
  stop: ({ signal }) => stopEngine(signal),
  status: readStatus,
  connect: connectOwn,
  guard: guardMachine,
  leftBehind,
}
