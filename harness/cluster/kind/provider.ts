// Clusters from kind: reused when the one that is up fits, made anew when it does not or does not answer.
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { buildersLeft, removeBuilders } from '../../artefact/builder.ts'
import { contentHash, deadDrafts, removeDeadDrafts } from '../../artefact/cache.ts'
import type { Route } from '../../artefact/image.ts'
import { connect } from '../../kube/client.ts'
import { waitFor } from '../../kube/wait.ts'
import { LabError, messageOf } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import type { Cluster, Provider, Room, Status, UpOptions } from '../provider.ts'
import { lookAtDocker } from './docker.ts'
import { noSmallMemory } from './doctor/docker-engine.ts'
import { examine, refuseUnlessFit } from './doctor/doctor.ts'
import { docker, engineVersion, ensureEngine, stopEngine } from './engine.ts'
import { catalogue, minorOf } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { chooseRoute, nodeImage, workloadImageName, workloadImages } from './images.ts'
import { clusterName, contextName, createCluster, deleteCluster, endOrphanedKinds, loadImages, orphanedKinds } from './kind.ts'
import { guardMachine } from './guard.ts'
import { kindProgram } from './kind-program.ts'
import { readMachine, roomForWorkers } from './machine.ts'
import { readMark, writeMark } from './mark.ts'
import type { Mark } from './mark.ts'
import { nodeEvidence, nodes, workers } from './nodes.ts'
import type { Node } from './nodes.ts'
import { areOwn, forget, isToStay, recordBegun, recordLasting, recordMade, refuseSilence, refuseStranger } from './owned.ts'
import { kubeconfigPath, shapePath, stateDir } from '../../places.ts'
import { closePodRange, dnsReady, networkWorks, nodesReady } from './ready.ts'
import { setUp } from './doctor/setup.ts'
import { acceptingCgroup, podRange, withWorkers } from './shape.ts'
import { openShell } from './shell.ts'
import { stockedImage } from './stocked-image.ts'

/** Which cluster, and where its images come from. */
interface Choice {
  readonly kubernetes: Kubernetes
  readonly route: Route
}

type Images = readonly Mark['images'][number][]

const up = async (options: UpOptions): ReturnType<Provider['up']> => {
  const before = await readStatus()
  if (before.state === 'broken') await refuseStranger(before.why)
  const kubernetes = versionOf(options.kubernetes, before)
  const named = [workloadImageName, ...options.images]
  await refuseUnlessFit({
    offline: options.offline,
    images: named,
    kubernetes,
    shape: before.state === 'none' ? options.shape : undefined,
  })
  await mkdir(stateDir(), { recursive: true })
  await ensureEngine(options)
  const route = await chooseRoute(options.offline)
  const { node, images } = await options.during('images', async () => {
    await kindProgram(options)
    const made = await nodeImage(options, route, kubernetes)
    return { node: made, images: await workloadImages(options, route, named) }
  })
  const shape = shapePath(options.shape)
  const made = await contentHash(dirname(shape), [basename(shape)], [node.reference])
  const existing = await readStatus()
  if (existing.state === 'ready' && existing.mark.made === made) {
    await refuseOtherNumber(existing.workers, options.workers)
    await wakeAll()
    const mark = await options.during('images', () => equip(options, existing.mark, images))
    if (options.lasting) await recordLasting()
    return { cluster: await finish(mark, route), created: false, goes: !(await isToStay()) }
  }
  if (existing.state !== 'none') await deleteCluster(options)
  const references = images.map(({ reference }) => reference)
  const stocked = await options.during('images', () => stockedImage(options, node.reference, references))
  const mark = { shape: options.shape, made, images: [{ name: 'node', ...node }, ...images] }
  const cluster = await options.during('cluster', () => create(options, { kubernetes, route }, stocked, mark))
  return { cluster, created: true, goes: !options.lasting }
}

/** What was asked for, else what the cluster that is up has, else the default. */
const versionOf = (asked: string | undefined, existing: KindStatus): Kubernetes => {
  const wanted = asked ?? (existing.state === 'ready' ? minorOf(existing.kubernetes) : undefined)
  const found = catalogue.find(({ minor }) => minor === wanted)
  if (found === undefined && asked !== undefined)
    throw new LabError(`The lab has no Kubernetes ${asked}`, {
      why: `there are: ${catalogue.map(({ minor }) => minor).join(', ')}`,
      exit: 'usage',
    })
  return found ?? catalogue[0]
}

const create = async (options: UpOptions, { kubernetes, route }: Choice, stocked: string, mark: Mark): Promise<Cluster> => {
  const { configuration, title } = await configurationOf(options, kubernetes)
  await recordBegun(options.lasting)
  try {
    await createCluster(options, `create cluster ${clusterName}${title}`, configuration, stocked).catch(addNodeEvidence)
    await giveShare(
      (await nodes()).filter(({ role }) => role === 'control-plane').map(({ name }) => name),
      'controlPlane',
    )
    const kube = connect(kubeconfigPath(), contextName)
    await nodesReady(options, kube, options.readyWithinMs)
    await closePodRange(
      (await nodes()).map(({ name }) => name),
      podRange(configuration),
    )
    await dnsReady(options, kube, options.readyWithinMs)
    await networkWorks(options, kube, workers(await nodes()), `${workloadImageName}:current`)
    await recordMade(await nodes(), options.lasting)
    return await finish(mark, route)
  } catch (error) {
    if (!options.keep) await removeUnfinished({ step: options.step, signal: new AbortController().signal }) // after Ctrl-C too
    throw error
  }
}

/** What kind is given. The lab's own shape has as many workers as are of use here, any other one those it names, unless a number was asked for. */
const configurationOf = async (options: UpOptions, { minor }: Kubernetes): Promise<{ configuration: string; title: string }> => {
  const machine = await readMachine(await lookAtDocker())
  const own = acceptingCgroup(await readFile(shapePath(options.shape), 'utf8'), minor, machine.cgroup)
  if (options.workers === undefined && options.shape !== growingShape)
    return { configuration: own, title: ` of Kubernetes ${minor}, shape ${options.shape}` }
  const { sensible, possible } = roomForWorkers(machine)
  const [wanted, limit] = options.workers === undefined ? [options.workersOfUse, sensible] : [options.workers, possible]
  const made = Math.min(wanted, limit.workers)
  const fewer = made < wanted ? `, not ${wanted}: ${limit.because}` : ''
  return {
    configuration: withWorkers(own, made),
    title: ` of Kubernetes ${minor} with ${made} ${made === 1 ? 'worker' : 'workers'}${fewer}`,
  }
}

const growingShape = 'lab'

/** A cluster that is up is not made anew for another number: something may run there. */
const refuseOtherNumber = async (existing: number, wanted: number | undefined): Promise<void> => {
  if (wanted === undefined || Math.min(wanted, (await readRoom()).possible.workers) === existing) return
  throw new LabError(`The cluster that is up has ${existing} workers, not ${wanted}`, {
    exit: 'usage',
    next: '`lab down` removes it; without --workers it is used as it is',
  })
}

/** kind says that it failed; the nodes say why. */
const addNodeEvidence = async (error: unknown): Promise<never> => {
  if (!(error instanceof LabError)) throw error
  const evidence = [...(error.details.evidence ?? []), ...(await nodeEvidence())]
  throw new LabError(error.message, {
    ...error.details,
    evidence,
    next: 'run it again with --keep to look into the nodes',
    cause: error,
  })
}

/** Docker goes on with what kind asked of it when kind is ended: nodes can still appear for a moment. */
const removeUnfinished = async (work: Work): Promise<void> => {
  let looksWithoutNodes = 0
  await waitFor(
    { what: 'the unfinished cluster to be gone', deadlineMs: 60_000, everyMs: 1_000, signal: work.signal },
    async () => {
      const left = await nodes()
      if (left.length > 0) await deleteCluster(work)
      looksWithoutNodes = left.length > 0 ? 0 : looksWithoutNodes + 1
      return looksWithoutNodes >= 3 ? { value: undefined } : { notYet: left.map((node) => node.name).join(', ') }
    },
  )
  await forget()
}

/** Brings images that a cluster lacks which was there before. */
const equip = async (work: Work, mark: Mark, images: Images): Promise<Mark> => {
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

const finish = async (mark: Mark, route: Route): Promise<Cluster> => {
  const kube = connect(kubeconfigPath(), contextName)
  await writeMark(kube, mark)
  const found = await lookAtDocker()
  const { cpus, memoryBytes, kernel, os, cgroup } = await readMachine(found)
  const host = { dockerEngine: found.engine?.version ?? '', cpus, memoryBytes, kernel, os, cgroup }
  return {
    provider: 'kind',
    name: clusterName,
    shape: mark.shape,
    kubeconfigPath: kubeconfigPath(),
    kube,
    images: mark.images,
    route,
    host,
    openShell,
    rest: async (names) => void (await docker(['pause', ...names])),
    wake,
    favour: (node, favoured) => giveShare([node], favoured ? 'favoured' : 'usual'),
  }
}

/**
 * Shares of a busy machine. The control plane comes first: the API server is there, and the clients whose requests are measured. Then come
 * nodes on which something is measured. By default all nodes have the same share, however many there are.
 */
const shares = { usual: 1024, favoured: 4096, controlPlane: 10_240 } // 1024 is Docker's default

const giveShare = async (names: readonly string[], share: keyof typeof shares): Promise<void> =>
  void (await docker(['update', '--cpu-shares', String(shares[share]), ...names]))

/** Nodes that rest since a run that was killed. */
const wakeAll = async (): Promise<void> => wake((await nodes()).map(({ name }) => name))

/** One that is awake stays so: `up` wakes what a run that was killed left, before the next run looks. */
const wake = async (names: readonly string[]): Promise<void> => {
  const paused = (await nodes()).filter(({ name, state }) => state === 'paused' && names.includes(name))
  if (paused.length > 0) await docker(['unpause', ...paused.map(({ name }) => name)])
}

/** Of a run that was killed while it measured there. */
const favouredNodes = async (all: readonly Node[]): Promise<string[]> => {
  const names = all.filter(({ role }) => role === 'worker').map(({ name }) => name)
  if (names.length === 0) return []
  const listed = await docker(['inspect', '--format', '{{.HostConfig.CpuShares}}', ...names])
  return names.filter((_, index) => Number(listed.split('\n')[index]) === shares.favoured)
}

/** Nothing of a cluster that nothing shows to be the lab's own. */
const leftBehind = async (work: Work): ReturnType<Provider['leftBehind']> => {
  const drafts = {
    title: 'remove drafts from the cache',
    found: (await deadDrafts()).map((name) => `draft ${name}`),
    undo: removeDeadDrafts,
  }
  if (!(await engineVersion())) {
    await refuseSilence()
    return { leftovers: [drafts], cluster: null }
  }
  const orphans = { title: 'end a kind that was left alone', found: await orphanedKinds(), undo: endOrphanedKinds }
  const builders = { title: 'remove what built images', found: await buildersLeft(), undo: removeBuilders }
  const [all, status] = [await nodes(), await readStatus()]
  const isOwn = status.state === 'ready' || (await areOwn(all))
  if (isOwn && !(await isToStay())) {
    const whole = { title: 'remove the cluster', found: [`cluster ${clusterName}`], undo: () => removeUnfinished(work) }
    return { leftovers: [orphans, whole, builders, drafts], cluster: null }
  }
  const favoured = isOwn ? await favouredNodes(all) : []
  const usualShares = { title: 'give nodes their usual share', found: favoured, undo: () => giveShare(favoured, 'usual') }
  const leftovers = [orphans, usualShares, builders, drafts]
  if (status.state !== 'ready') return { leftovers, cluster: null }
  return { leftovers, cluster: { kube: connect(kubeconfigPath(), contextName), openShell, wake } }
}

const readRoom = async (): Promise<Room> => roomForWorkers(await readMachine())

type KindStatus = Exclude<Status, { state: 'ready' }> | (Extract<Status, { state: 'ready' }> & { readonly mark: Mark })

const readStatus = async (): Promise<KindStatus> => {
  if (!(await engineVersion())) return { state: 'none' }
  const all = await nodes()
  if (all.length === 0) return { state: 'none' }
  const stopped = all.filter(({ state }) => state !== 'running' && state !== 'paused').map((node) => node.name)
  if (stopped.length > 0) return { state: 'broken', why: `not running: ${stopped.join(', ')}` }
  try {
    const kube = connect(kubeconfigPath(), contextName)
    const { gitVersion } = await answerWithin(5_000, kube.version.getCode())
    const mark = await readMark(kube)
    if (!mark) return { state: 'broken', why: 'its creation was cut off' }
    return {
      state: 'ready',
      shape: mark.shape,
      kubernetes: gitVersion,
      nodes: all.map((node) => node.name),
      workers: workers(all).length,
      kubeconfigPath: kubeconfigPath(),
      images: mark.images,
      mark,
    }
  } catch (error) {
    return { state: 'broken', why: `its API server does not answer: ${messageOf(error)}` }
  }
}

const answerWithin = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    pause(ms, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${ms / 1000} s`)
    }),
  ])

export const provider: Provider = {
  name: 'kind',
  clusterName,
  contextName,
  minors: [catalogue[0].minor, ...catalogue.slice(1).map(({ minor }) => minor)],
  examine,
  room: readRoom,
  against: async (size) => (size === 'small-memory' && (await lookAtDocker()).engine?.rootless ? noSmallMemory : null),
  up,
  down: async (work, { force }) => {
    const found = await readStatus()
    if (found.state === 'none') {
      await refuseSilence()
      return false
    }
    if (!force && found.state === 'broken') await refuseStranger(found.why)
    await deleteCluster(work)
    await forget()
    return true
  },
  setUp,
  stop: ({ signal }) => stopEngine(signal),
  status: readStatus,
  guard: guardMachine,
  leftBehind,
}
