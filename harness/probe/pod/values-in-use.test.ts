import { expect, test } from 'vitest'
import { apply } from '../../kube/apply.ts'
import type { Timeline } from '../../model/timeline.ts'
import { podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import type { Program } from '../../test/fixtures/pod-processes.ts'
import { smallApiServer } from '../../test/fixtures/small-api-server.ts'
import { trialOf } from '../../test/fixtures/trials.ts'
import type { ProbeContext, Started } from '../kit/probe.ts'
import { probe } from './values-in-use.ts'

const { load, host } = trialOf('control')

/** The probe where these pods run, of which only reader-0 says its values. */
const following = (...pods: string[]): Promise<Started> =>
  followingWith(({ pod, say }) => pod === 'reader-0' && say('old\told\told'), pods)

const followingWith = async (program: Program, pods: readonly string[]): Promise<Started> => {
  const kube = await smallApiServer(null, program)
  const status = { containerStatuses: [{ name: 'reader', state: { running: {} } }] }
  for (const name of pods) {
    const metadata = { name, namespace: 'arm', labels: { app: 'reader' } }
    await apply(kube, [{ apiVersion: 'v1', kind: 'Pod', metadata, status }])
  }
  const context = { kube, namespace: 'arm', signal: new AbortController().signal } as ProbeContext
  const of = { of: 'reader', container: 'reader', configuration: 'app=reader', keys: ['HOST'], folder: 'CONFIG_FOLDER' }
  return probe.start(context, { ...of, port: 8080, fields: ['host'] })
}

/** An episode that began now. */
const episodeOf = (...ready: string[]): Timeline => {
  const lanes = ready.map((name) => podLane('reader', [[0, 'ready']], name))
  return timelineOf(lanes, { startedAt: new Date().toISOString() })
}

test('under steady load values in use are refused, as wrong usage', async () => {
  await expect((await following()).end({ load, host, timeline: null, change: null })).rejects.toMatchObject({
    message: 'Values in use can be followed only in episodes, not under steady load',
    exit: 'usage',
  })
})

test('a group of which no pod says a value is an error that names the port', async () => {
  await expect((await following()).end({ load, host, timeline: episodeOf(), change: null })).rejects.toMatchObject({
    message: 'No value of reader could be read',
    exit: 'unexpected',
    details: { next: '/in-use has to answer on port 8080' },
  })
})

test('a pod that was ready and said no value makes the episode invalid, although another one said its own', async () => {
  const started = await following('reader-0', 'reader-1')
  const episode = episodeOf('reader-0', 'reader-1')
  const valuesSeen = () => started.seen?.(episode).lanes?.at(-1)?.states.length
  await expect.poll(valuesSeen).toBeGreaterThan(0)
  await expect(started.end({ load, host, timeline: episode, change: null })).resolves.toMatchObject({
    invalid: ['no value of reader-1 could be read on port 8080'],
  })
})

test('a pod whose connection breaks off before it said a value is asked again', async () => {
  let connections = 0
  const program: Program = ({ say, breakOff }) => {
    connections += 1
    if (connections === 1) breakOff()
    else say('old\told\told')
  }
  const started = await followingWith(program, ['reader-0'])
  const episode = episodeOf('reader-0')
  const valuesSeen = () => started.seen?.(episode).lanes?.at(-1)?.states.length
  await expect.poll(valuesSeen).toBeGreaterThan(0)
  await expect(started.end({ load, host, timeline: episode, change: null })).resolves.toBeDefined()
})
