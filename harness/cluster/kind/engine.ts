// The Docker engine: the one that answers is used as it is; only where none does, one is started.
import { spawn } from 'node:child_process'
import { chmod, copyFile, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { cacheDir } from '../../artefact/cache.ts'
import { waitFor } from '../../kube/wait.ts'
import { LabError, reasonOf } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import { missingCapabilities } from './capabilities.ts'
import { lookAtDocker } from './docker.ts'
import type { Engine } from './docker.ts'
import { engineLogPath, enginePidPath, stateDir } from '../../places.ts'
import { askOwn, engineFolder, ownEndpoint } from './own-engine.ts'
import { forgottenPortRules, removePortRules } from './port-rules.ts'

/** The engine that answers, or null where there is none. Not knowing is an error, never "none": a cluster may run on an engine that is slow. */
export const engineThere = async (withinMs?: number): Promise<Engine | null> => {
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

/** Can this process start an engine, should none answer? */
export const canStartEngine = async (): Promise<boolean> =>
  process.getuid?.() === 0 && !(await execa('dockerd', ['--version'], { reject: false })).failed

/** Starts an engine when none answers. It outlives this process: `lab down --engine` stops it. */
export const ensureEngine = async ({ step, signal }: Work): Promise<void> => {
  if (await engineThere()) return
  process.env.DOCKER_HOST = ownEndpoint // for all that this process starts, too
  if (await engineThere()) return
  await step('start a Docker engine', async () => {
    await mkdir(stateDir(), { recursive: true })
    await mkdir(cacheDir(), { recursive: true })
    await mkdir(engineFolder, { recursive: true })
    await chmod(engineFolder, 0o700)
    await removeKilledEngine()
    const log = await open(engineLogPath(), 'w')
    const { TMPDIR: _, ...env } = process.env // it outlives whatever folder this command was given for a while
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
        next: `see ${engineLogPath()}, or start Docker yourself: an engine that answers is used as it is`,
      },
      async () => {
        const { engine } = await lookAtDocker() // while it starts, it may also be slow
        return engine ? { value: engine } : { notYet: 'no answer at its socket' }
      },
    )
  })
}

const execRoot = join(engineFolder, 'docker')
export const containerdPidPath = join(execRoot, 'containerd', 'containerd.pid')

/**
 * An engine that is killed leaves the numbers of its processes in files. While its containerd is just ending, or once another process has the
 * number, Docker takes it for a running one, and waits for it until it gives up.
 */
const removeKilledEngine = async (): Promise<void> => {
  const starting = await execa('pgrep', ['--full', `^dockerd --host ${ownEndpoint} `], { reject: false })
  if (starting.exitCode === 0) return // by another lab
  await execa('pkill', ['-KILL', '-f', `^containerd --config ${execRoot}/`], { reject: false })
  await Promise.all([enginePidPath(), containerdPidPath].map((path) => rm(path, { force: true })))
}

/** Its data lies in the lab's cache: an engine of the user's that is stopped keeps its own untouched. */
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

/** What lets kind make nodes with any engine of this machine. `folder`: for its runtime, which outlives this clone and must not lie in it. */
export const flagsForNodes = async (folder: string): Promise<string[]> => {
  const cgroups = ['--default-cgroupns-mode', 'private'] // kind needs it on cgroup v1
  if ((await missingCapabilities()).length === 0) return cgroups
  const runtime = join(folder, 'runc-bounded')
  await mkdir(folder, { recursive: true })
  await copyFile(join(import.meta.dirname, 'runc-bounded'), runtime)
  return [...cgroups, '--add-runtime', `bounded=${runtime}`, '--default-runtime', 'bounded']
}

/** Removes volumes without a name that no container has: an engine that is killed while it makes a container forgets whose they are. */
const removeForgottenVolumes = async (): Promise<void> => {
  const unused = (await askOwn('volume', 'ls', '--quiet', '--filter', 'dangling=true')).split('\n')
  const nameless = unused.filter((name) => /^[0-9a-f]{64}$/.test(name))
  if (nameless.length > 0) await askOwn('volume', 'rm', ...nameless)
}

/** Stops the engine the lab started, with all of its processes, forgotten volumes, kind's network, its bridge and its firewall rules; false when there is none. */
export const stopEngine = async (signal: AbortSignal): Promise<boolean> => {
  const pid = Number(await readFile(enginePidPath(), 'utf8').catch(() => ''))
  if (!pid || !(await isDockerd(pid))) return false
  await removePortRules(await forgottenPortRules()) // while the network is there, which tells them
  await askOwn('network', 'rm', 'kind') // not while a cluster of another name is in it
  await removeForgottenVolumes()
  process.kill(pid, 'SIGTERM')
  await waitFor({ what: `dockerd (process ${pid}) to end`, deadlineMs: 60_000, signal }, async () =>
    (await isDockerd(pid)) ? { notYet: 'still there' } : { value: true },
  )
  await execa('pkill', ['-KILL', '-f', '--', `containerd-shim.* -address ${execRoot}/`], { reject: false }) // of an engine before it that was killed
  return true
}

const isDockerd = async (pid: number): Promise<boolean> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).startsWith('dockerd')

/** Nothing that the engine is asked for takes as long, unless it hangs. */
const longestAnswerMs = 600_000

/** Runs `docker` for an answer; its complaint is the error's evidence. */
export const docker = async (arguments_: readonly string[], timeout = longestAnswerMs): Promise<string> => {
  const { failed, timedOut, stdout, stderr } = await execa('docker', arguments_, { reject: false, timeout })
  if (timedOut)
    throw new LabError(`docker ${arguments_[0]} gave no answer in ${timeout / 1000} s`, {
      exit: 'cannotRun',
      next: 'the engine hangs: restart Docker, then `lab clean`',
    })
  if (failed) throw new LabError(`docker ${arguments_[0]} failed`, { evidence: [stderr] })
  return stdout
}

/** A busy machine needs seconds. */
const listedWithinMs = 60_000

/** A line in this format for each container that the filter selects, of those that ended too. No answer is an error: it is not an empty list. */
export const listContainers = async (filter: string, format: string): Promise<readonly string[]> => {
  const words = ['ps', '--all', '--no-trunc', '--filter', filter, '--format', format]
  const listed = await docker(words, listedWithinMs).catch((error: unknown) => {
    throw new LabError('Docker does not list its containers, so the lab cannot tell which clusters there are', {
      why: reasonOf(error),
      evidence: (error instanceof LabError && error.details.evidence) || [],
      next: 'run it again when `docker ps` answers',
      exit: 'cannotRun',
      cause: error,
    })
  })
  return listed.split('\n').filter(Boolean)
}
