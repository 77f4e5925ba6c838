// The Docker engine: the lab uses a running engine unchanged, and starts one only if none runs.
import { spawn } from 'node:child_process'
import { chmod, copyFile, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { cacheDir } from '../../artifact/cache.ts'
import { docker } from '../../artifact/docker.ts'
import { keepImageNames, listImages } from '../../artifact/image.ts'
import { waitFor } from '../../kube/wait.ts'
import { LabError, reasonOf } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import { missingCapabilities } from './capabilities.ts'
import { lookAtDocker } from './docker.ts'
import type { Engine } from './docker.ts'
import { engineLogPath, enginePidPath, stateDir } from '../../places.ts'
import { askOwn, engineFolder, ownEndpoint } from './own-engine.ts'
import { forgottenPortRules, removePortRules } from './port-rules.ts'

/** The running engine, or null. If it is unknown, it throws: a cluster may run on a slow engine. */
export const runningEngine = async (withinMs?: number): Promise<Engine | null> => {
  const { engine, unknown, endpoint } = await lookAtDocker(withinMs)
  if (unknown === null) return engine
  throw new LabError(`Docker does not answer${endpoint ? ` at ${endpoint}` : ''}, so the lab cannot tell what runs there`, {
    why: unknown,
    next:
      process.env.DOCKER_HOST || process.env.DOCKER_CONTEXT
        ? namedNext
        : 'wait and try again; `docker info` shows when Docker answers',
    exit: 'cannotRun',
  })
}

const namedNext = 'start that engine and try again; or `unset DOCKER_HOST DOCKER_CONTEXT` to use the usual one'

/** Whether this process can start an engine. */
export const canStartEngine = async (): Promise<boolean> =>
  process.getuid?.() === 0 && !(await execa('dockerd', ['--version'], { reject: false })).failed

/** Starts an engine if none answers. It outlives this process: `lab down --engine` stops it. */
export const ensureEngine = async ({ step, signal }: Work): Promise<void> => {
  if (await runningEngine()) return
  process.env.DOCKER_HOST = ownEndpoint // also for child processes
  if (await runningEngine()) return
  await step('start a Docker engine', async () => {
    await mkdir(stateDir(), { recursive: true })
    await mkdir(cacheDir(), { recursive: true })
    await mkdir(engineFolder, { recursive: true })
    await chmod(engineFolder, 0o700)
    await removeKilledEngine()
    const log = await open(engineLogPath(), 'w')
    const { TMPDIR: _, ...env } = process.env // the engine outlives a temporary folder of this command
    spawn('dockerd', await engineFlags(), { detached: true, stdio: ['ignore', log.fd, log.fd], env })
      .on('error', () => {})
      .unref()
    await log.close()
    await waitFor(
      {
        what: 'the Docker engine to answer',
        deadlineMs: 60_000,
        signal,
        exit: 'cannotRun',
        evidence: async () => (await readFile(engineLogPath(), 'utf8')).trim().split('\n').slice(-8),
        next: `see ${engineLogPath()}, or start Docker yourself: the lab uses a running engine unchanged`,
      },
      async () => {
        const { engine } = await lookAtDocker() // an engine that starts can be slow to answer
        return engine ? { value: engine } : { notYet: 'no answer at its socket' }
      },
    )
  })
}

const execRoot = join(engineFolder, 'docker')
export const containerdPidPath = join(execRoot, 'containerd', 'containerd.pid')

/**
 * A killed engine leaves pid files. While its containerd is still ending, or once another process has the
 * pid, Docker takes it for a running containerd, and waits for it until a timeout.
 */
const removeKilledEngine = async (): Promise<void> => {
  const starting = await execa('pgrep', ['--full', `^dockerd --host ${ownEndpoint} `], { reject: false })
  if (starting.exitCode === 0) return // another lab starts it
  await execa('pkill', ['-KILL', '-f', `^containerd --config ${execRoot}/`], { reject: false })
  await Promise.all([enginePidPath(), containerdPidPath].map((path) => rm(path, { force: true })))
}

/** Its data is in the lab's cache, apart from the data of the user's own engine. */
const engineFlags = async (): Promise<string[]> => [
  '--host',
  ownEndpoint,
  '--exec-root',
  execRoot,
  '--data-root',
  join(cacheDir(), 'docker'),
  '--pidfile',
  enginePidPath(),
  ...(await flagsForNodes(engineFolder)),
]

/** Flags that let kind create nodes on this machine. `folder`: for its runtime, outside of this clone, which the runtime outlives. */
export const flagsForNodes = async (folder: string): Promise<string[]> => {
  const cgroups = ['--default-cgroupns-mode', 'private'] // kind needs it on cgroup v1
  if ((await missingCapabilities()).length === 0) return cgroups
  const runtime = join(folder, 'runc-bounded')
  await mkdir(folder, { recursive: true })
  await copyFile(join(import.meta.dirname, 'runc-bounded'), runtime)
  return [...cgroups, '--add-runtime', `bounded=${runtime}`, '--default-runtime', 'bounded']
}

/** Removes anonymous volumes without a container: an engine that is killed while it creates a container loses track of them. */
const removeForgottenVolumes = async (): Promise<void> => {
  const unused = (await askOwn('volume', 'ls', '--quiet', '--filter', 'dangling=true')).split('\n')
  const nameless = unused.filter((name) => /^[0-9a-f]{64}$/.test(name))
  if (nameless.length > 0) await askOwn('volume', 'rm', ...nameless)
}

/** Stops the engine the lab started, with its processes, orphaned volumes and firewall rules; false when there is none. */
export const stopEngine = async (signal: AbortSignal): Promise<boolean> => {
  const pid = Number(await readFile(enginePidPath(), 'utf8').catch(() => ''))
  if (!pid || !(await isDockerd(pid))) return false
  await removePortRules(await forgottenPortRules())
  await removeForgottenVolumes()
  await keepImageNames(await askOwn(...listImages))
  process.kill(pid, 'SIGTERM')
  await waitFor({ what: `dockerd (process ${pid}) to end`, deadlineMs: 60_000, signal }, async () =>
    (await isDockerd(pid)) ? { notYet: 'still there' } : { value: true },
  )
  await execa('pkill', ['-KILL', '-f', '--', `containerd-shim.* -address ${execRoot}/`], { reject: false }) // left by an earlier engine that was killed
  return true
}

const isDockerd = async (pid: number): Promise<boolean> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).startsWith('dockerd')

/** A busy machine needs seconds. */
const listedWithinMs = 60_000

/** A line in this format for each container that matches the filter, including exited ones. No answer is an error, not an empty list. */
export const listContainers = async (filter: string, format: string): Promise<readonly string[]> => {
  const words = ['ps', '--all', '--no-trunc', '--filter', filter, '--format', format]
  const listed = await docker(words, listedWithinMs).catch((error: unknown) => {
    throw new LabError('Docker does not list its containers, so the lab cannot tell which clusters exist', {
      why: reasonOf(error),
      evidence: (error instanceof LabError && error.details.evidence) || [],
      next: 'run it again when `docker ps` answers',
      exit: 'cannotRun',
      cause: error,
    })
  })
  return listed.split('\n').filter(Boolean)
}
