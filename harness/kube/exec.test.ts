import { expect, test } from 'vitest'
import type { Program } from '../test/fixtures/pod-processes.ts'
import { servedBy } from '../test/fixtures/small-api-server.ts'
import { runInPod, startInPod } from './exec.ts'

const never = new AbortController().signal
const at = { namespace: 'arm', pod: 'client-0', container: 'client' }

const run = async (program: Program): Promise<string> =>
  runInPod(await servedBy(null, () => {}, program), at, ['node', '/lab/load.js'], never)

test('a process in a pod gets its command, and its lines are its output', async () => {
  const output = await run(({ command, say, exit }) => {
    say(command.join(' '))
    say('x'.repeat(200))
    exit(0)
  })
  expect(output).toBe(`node /lab/load.js\n${'x'.repeat(200)}`)
})

test('a process that fails is named with its pod and its exit code, and with the last lines of its standard error', async () => {
  const failing = run(({ say, complain, exit }) => {
    say('begun')
    for (let pod = 1; pod <= 30; pod += 1) complain(`14 UNAVAILABLE: connect ECONNREFUSED 10.244.1.${pod}:9000`)
    exit(3)
  })
  await expect(failing).rejects.toMatchObject({
    message: 'node in client-0 failed',
    exit: 'unexpected',
    details: {
      why: 'exit code 3',
      next: expect.stringContaining('--keep') as unknown,
      evidence: Array.from({ length: 20 }, (_, index) => `14 UNAVAILABLE: connect ECONNREFUSED 10.244.1.${index + 11}:9000`),
    },
  })
})

test('exit code 137 is explained: the kernel killed the process, most often for its memory', async () => {
  await expect(run(({ exit }) => exit(137))).rejects.toMatchObject({
    details: { why: 'exit code 137 (killed, most often out of memory)' },
  })
})

test('a connection that breaks is no end of the process', async () => {
  await expect(run(({ say, breakOff }) => (say('begun'), breakOff()))).rejects.toMatchObject({
    message: 'node in client-0 failed',
    details: { why: 'the connection to the pod closed before the process ended' },
  })
})

test('a process whose command is interrupted while it connects ends with the interruption', async () => {
  const kube = await servedBy(
    null,
    () => {},
    () => {},
  )
  const command = new AbortController()
  const starting = startInPod(kube, at, ['sleep', 'infinity'], command.signal)
  command.abort(new Error('interrupted'))
  await expect((await starting).done).rejects.toThrow('interrupted')
})
