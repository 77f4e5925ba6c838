import { expect, test } from 'vitest'
import { servedBy } from '../test/fixtures/small-api-server.ts'
import type { Program } from '../test/fixtures/pod-processes.ts'
import { openLoad } from './load-client.ts'
import type { OpenLoad } from './load-client.ts'

const open = async (program: Program): Promise<OpenLoad> => {
  const kube = await servedBy(null, () => {}, program)
  const order = { program: 'http-load', rateRps: 10, warmup: '1s', window: '2s' }
  return openLoad(kube, { namespace: 'arm', pod: 'client-0', container: 'client' }, order, new AbortController().signal)
}

test('a load program that does not say first that it is connected is an error, with what it said', async () => {
  await expect(open(({ say }) => say('{"event":"result","sent":3}'))).rejects.toMatchObject({
    message: 'http-load in client-0 did not say "connected"',
    exit: 'unexpected',
    details: {
      evidence: ['{"event":"result","sent":3}'],
      next: expect.stringContaining('workloads/open-loop/README.md') as unknown,
    },
  })
})

test('what comes in place of its result is one too', async () => {
  const load = await open(({ say }) => {
    say('{"event":"connected"}')
    say('{"event":"connected"}')
  })
  await expect(load.send()).rejects.toMatchObject({
    message: 'http-load in client-0 did not say "result"',
    details: { evidence: ['{"event":"connected"}'] },
  })
})
