import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Work } from '../model/work.ts'
import { notCounted } from './build-costs.ts'
import { buildTogether, compilerStep, sharedBuilds } from './build-together.ts'

/** Work whose steps write down when they begin and how they end. */
const recording = (signal = new AbortController().signal) => {
  const steps: string[] = []
  const work: Work = {
    signal,
    step: async (title, run) => {
      steps.push(title)
      try {
        const made = await run(() => {})
        steps.push(`${title}: done`)
        return made
      } catch (error) {
        steps.push(`${title}: failed`)
        throw error
      }
    },
  }
  return { work, steps }
}

/** A build that ends some time after its signal has fired. */
const long = async (signal: AbortSignal, failure: string): Promise<never> => {
  await pause(60_000, undefined, { signal }).catch(() => {})
  await pause(20)
  throw new Error(failure)
}

test('independent builds run concurrently, and each result keeps its place', async () => {
  const { work, steps } = recording()
  const made = await buildTogether(work, ({ step }) => [
    step('compile it', () => pause(20, 'program')),
    step('unpack Debian', () => pause(5, 'archive')),
  ])
  expect(made).toEqual(['program', 'archive'])
  expect(steps).toEqual(['compile it', 'unpack Debian', 'unpack Debian: done', 'compile it: done'])
})

test('when a build fails the others are stopped and waited for, and the error names the build that failed first', async () => {
  const { work, steps } = recording()
  const after: string[] = []
  const building = buildTogether(work, ({ step, signal }) => [
    step('compile Kubernetes', () => long(signal, 'killed')).finally(() => after.push('ended')),
    step('unpack Debian', async () => {
      await pause(5)
      throw new Error('no such mirror')
    }),
  ])
  await expect(building).rejects.toMatchObject({
    message: 'Failed to unpack Debian',
    details: { evidence: ['no such mirror'] },
    exit: 'cannotRun',
  })
  expect(after, 'nothing runs on').toEqual(['ended'])
  expect(steps.at(-1)).toBe('compile Kubernetes: failed')
})

test('a build that fails deep inside one branch is named, though another branch fails while all are stopped', async () => {
  const { work } = recording()
  const building = buildTogether(work, ({ step, signal }) => [
    buildTogether({ step, signal }, (inner) => [
      inner.step('compile etcd', () => Promise.reject(new Error('first'))),
      inner.step('compile CoreDNS', () => long(inner.signal, 'later')),
    ]),
    step('fetch Envoy', async () => {
      await pause(60_000, undefined, { signal }).catch(() => {})
      throw new Error('later, too, and sooner seen')
    }),
  ])
  await expect(building).rejects.toThrow('Failed to compile etcd')
})

test('after a failure no other step begins, and what waits for a compiler is not compiled', async () => {
  const { work, steps } = recording()
  const building = buildTogether(work, (each) => [
    compilerStep(each, 'compile kind', notCounted, () => Promise.reject(new Error('broken'))),
    compilerStep(each, 'compile etcd', notCounted, () => pause(20)),
    pause(5).then(() => each.step('build an image', () => pause(1))),
  ])
  await expect(building).rejects.toThrow('Failed to compile kind')
  expect(steps.filter((line) => line !== 'compile etcd: failed')).toEqual(
    expect.not.arrayContaining(['build an image', 'compile etcd: done']),
  )
})

test('an interrupt stops all builds and is the error, not a build that it ended', async () => {
  const stop = new AbortController()
  const { work, steps } = recording(stop.signal)
  const building = buildTogether(work, ({ step, signal }) => [
    step('compile it', () => pause(60_000, undefined, { signal })),
    step('unpack it', () => pause(60_000, undefined, { signal })),
  ])
  setTimeout(() => stop.abort(new Error('Ctrl-C')), 5)
  await expect(building).rejects.toMatchObject({ name: 'AbortError' })
  expect(steps.toSorted()).toEqual(['compile it', 'compile it: failed', 'unpack it', 'unpack it: failed'])
})

test('what two builds need is built once, and built again only after it failed', async () => {
  const shared = sharedBuilds<string>()
  let times = 0
  const build = async (): Promise<string> => {
    times += 1
    await pause(5)
    if (times === 1) throw new Error('broken')
    return 'made'
  }
  await expect(Promise.all([shared('base', build), shared('base', build)])).rejects.toThrow('broken')
  expect(await Promise.all([shared('base', build), shared('base', build)])).toEqual(['made', 'made'])
  expect(times).toBe(2)
})
