// A process in a container of a pod: its output lines, its input, and its exit.
import { PassThrough } from 'node:stream'
import { createInterface } from 'node:readline'
import type { V1Status } from '@kubernetes/client-node'
import { LabError } from '../model/lab-error.ts'
import { apiClient } from './api-client.ts'
import type { Kube } from './client.ts'

export interface ContainerRef {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

export interface PodProcess {
  /** Lines of standard output as they arrive; ends with the process. */
  readonly lines: AsyncIterable<string>
  write(text: string): void
  /** Resolves when the process exited with 0, rejects with its error output otherwise. */
  readonly done: Promise<void>
}

/** Starts a process. When the signal fires, its input and connection are closed. */
export const startInPod = async (
  kube: Kube,
  at: ContainerRef,
  command: readonly string[],
  signal: AbortSignal,
): Promise<PodProcess> => {
  signal.throwIfAborted()
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const complaints: string[] = []
  createInterface({ input: stderr }).on('line', (line) => complaints.push(line))
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  const fail = (why: string) =>
    reject(
      new LabError(`${command[0]} in ${at.pod} failed`, {
        why,
        evidence: complaints.slice(-20),
        next: '`lab run` with --keep leaves the pod for inspection',
      }),
    )
  const socket = await new (apiClient().Exec)(kube.config).exec(
    at.namespace,
    at.pod,
    at.container,
    [...command],
    stdout,
    stderr,
    stdin,
    false,
    (status) => {
      if (status.status === 'Success') resolve()
      else fail(reasonOf(status))
    },
  )
  socket.on('close', () => {
    stdout.end()
    fail('the connection to the pod closed before the process ended')
  }) // too late to matter after its status
  const abort = () => {
    stdin.end()
    socket.close()
    reject(signal.reason)
  }
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort() // while it connected
  done
    .catch(() => {})
    .finally(() => {
      signal.removeEventListener('abort', abort)
      stdout.end()
    })
  return { lines: createInterface({ input: stdout }), write: (text) => stdin.write(text), done }
}

/** The complete output of a short command. */
export const runInPod = async (
  kube: Kube,
  at: ContainerRef,
  command: readonly string[],
  signal: AbortSignal,
): Promise<string> => {
  const process = await startInPod(kube, at, command, signal)
  const lines: string[] = []
  for await (const line of process.lines) lines.push(line)
  await process.done
  return lines.join('\n')
}

const reasonOf = (status: V1Status): string => {
  const exitCode = status.details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
  return exitCode
    ? `exit code ${exitCode}${exitCode === '137' ? ' (killed, most often out of memory)' : ''}`
    : (status.message ?? 'no reason given')
}
