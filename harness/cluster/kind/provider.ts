// Clusters from kind: reused when the one that is up fits, made anew when it does not or does not answer.
import { mkdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { contentHash } from '../../artefact/cache.ts'
import type { BuiltImage } from '../../artefact/image.ts'
import { connect } from '../../kube/client.ts'
import { waitFor } from '../../kube/wait.ts'
import { LabError, messageOf } from '../../model/lab-error.ts'
import type { Work } from '../../model/step.ts'
import type { Cluster, Provider, Status, UpOptions } from '../provider.ts'
import { cgroupVersion, examine, refuseUnlessFit } from './doctor.ts'
import { docker, engineVersion, ensureEngine } from './engine.ts'
import { program } from '../../../kind-configs/node-image/programs.ts'
import { chooseRoute, nodeImage, workloadImageName, workloadImages } from './images.ts'
import { clusterName, createCluster, deleteCluster, loadImages } from './kind.ts'
import { readMark, writeMark } from './mark.ts'
import type { Mark } from './mark.ts'
import { nodeEvidence, nodes, workers } from './nodes.ts'
import { kubeconfigPath, shapePath, stateDir } from './paths.ts'
import { dnsReady, networkWorks, nodesReady } from './ready.ts'
import { openShell } from './shell.ts'

type Images = readonly Mark['images'][number][]

const up = async (options: UpOptions): Promise<{ cluster: Cluster; created: boolean }> => {
  const before = await readStatus()
  await refuseUnlessFit({ offline: options.offline, shape: before.state === 'none' ? options.shape : undefined })
  await mkdir(stateDir(), { recursive: true })
  await ensureEngine(options)
  await program(options, 'kind')
  const route = await chooseRoute(options.offline)
  const node = await nodeImage(options, route)
  const images = await workloadImages(options, route, [workloadImageName, ...options.images])
  const shape = shapePath(options.shape)
  const made = await contentHash(dirname(shape), [basename(shape)], [node.reference])
  const existing = await readStatus()
  if (existing.state === 'ready' && existing.mark.made === made) {
    const mark = await equip(options, existing.mark, images)
    return { cluster: await finish(mark), created: false }
  }
  if (existing.state !== 'none') await deleteCluster(options)
  return { cluster: await create(options, node, made, images), created: true }
}

const create = async (options: UpOptions, node: BuiltImage, made: string, images: Images): Promise<Cluster> => {
  try {
    await createCluster(options, options.shape, node.reference).catch(addNodeEvidence)
    const kube = connect(kubeconfigPath())
    await nodesReady(options, kube, options.readyWithinMs)
    await dnsReady(options, kube, options.readyWithinMs)
    const mark = await equip(options, { shape: options.shape, made, images: [{ name: 'node', ...node }] }, images)
    await networkWorks(options, kube, workers(await nodes()), `${workloadImageName}:current`)
    return await finish(mark)
  } catch (error) {
    if (!options.keep) await removeUnfinished({ step: options.step, signal: new AbortController().signal }) // after Ctrl-C too
    throw error
  }
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
}

/** Brings images the cluster lacks. */
const equip = async (work: Work, mark: Mark, images: Images): Promise<Mark> => {
  const lacking = images.filter((image) => !mark.images.some((each) => each.reference === image.reference))
  if (lacking.length > 0)
    await loadImages(
      work,
      await withCurrentTag(lacking),
      (await nodes()).map((node) => node.name),
    )
  const others = mark.images.filter((each) => !images.some((image) => image.name === each.name))
  return { ...mark, images: [...others, ...images] }
}

const finish = async (mark: Mark): Promise<Cluster> => {
  const kube = connect(kubeconfigPath())
  await writeMark(kube, mark)
  const host = { dockerEngine: (await engineVersion()) ?? '', cgroup: await cgroupVersion() }
  return {
    provider: 'kind',
    name: clusterName,
    shape: mark.shape,
    kubeconfigPath: kubeconfigPath(),
    kube,
    images: mark.images,
    host,
    openShell,
  }
}

/** A manifest applied by hand names `:current`; the harness puts the content's own tag in its place. */
const withCurrentTag = async (images: readonly { name: string; reference: string }[]): Promise<string[]> => {
  for (const { name, reference } of images) await docker(['tag', reference, `${name}:current`])
  return images.flatMap(({ name, reference }) => [reference, `${name}:current`])
}

type KindStatus = Exclude<Status, { state: 'ready' }> | (Extract<Status, { state: 'ready' }> & { readonly mark: Mark })

const readStatus = async (): Promise<KindStatus> => {
  if (!(await engineVersion())) return { state: 'none' }
  const all = await nodes()
  if (all.length === 0) return { state: 'none' }
  const stopped = all.filter((node) => !node.running).map((node) => node.name)
  if (stopped.length > 0) return { state: 'broken', why: `not running: ${stopped.join(', ')}` }
  try {
    const kube = connect(kubeconfigPath())
    const { gitVersion } = await answerWithin(5_000, kube.version.getCode())
    const mark = await readMark(kube)
    if (!mark) return { state: 'broken', why: 'its creation was cut off' }
    return {
      state: 'ready',
      shape: mark.shape,
      kubernetes: gitVersion,
      nodes: all.map((node) => node.name),
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
  examine,
  up,
  down: async (work) => {
    if ((await readStatus()).state === 'none') return false
    await deleteCluster(work)
    return true
  },
  status: readStatus,
}
