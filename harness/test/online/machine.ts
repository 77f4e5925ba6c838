// A machine with an image registry, made here: a network of its own, with nothing in it but a registry on loopback and an engine whose mirror that is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { cacheDir } from '../../artifact/cache.ts'
import { flagsForNodes } from '../../cluster/kind/engine.ts'
import { waitFor } from '../../kube/wait.ts'
import { repositoryRoot } from '../../places.ts'
import { freePort } from '../../../workloads/open-loop/programs.ts'

const namespace = `lab-online-${process.pid}`
const never = new AbortController().signal

/** What such a machine cannot be made without here; null: nothing. */
export const lacking = (): string | null => {
  const programs = ['/usr/bin/docker-registry', '/usr/sbin/dockerd', '/usr/bin/nsenter']
  return process.getuid?.() === 0 ? (programs.find((path) => !existsSync(path)) ?? null) : 'root'
}

export interface Machine {
  /** A command on that machine; a non-zero exit is a result. */
  readonly run: (
    program: string,
    words: readonly string[],
  ) => Promise<{ readonly exitCode?: number | undefined; readonly failed: boolean; readonly all: string }>
  readonly dispose: () => Promise<void>
}

/** `images`: what its registry has, by the name that is asked for, `name:tag`: an image of this machine's engine. `programs`: on its path. */
export const machineWithRegistry = async (
  images: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>>,
): Promise<Machine> => {
  await mkdir(cacheDir(), { recursive: true })
  const folder = await mkdtemp(join(cacheDir(), 'online-'))
  const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const dispose = async (): Promise<void> => {
    for (const each of undo.splice(0).toReversed()) await each()
  }
  try {
    await execa('ip', ['netns', 'add', namespace])
    undo.push(async () => void (await execa('ip', ['netns', 'delete', namespace])))
    await execa('ip', ['-netns', namespace, 'link', 'set', 'lo', 'up'])
    await mkdir(join(folder, 'bin'))
    for (const [name, path] of Object.entries(programs)) await symlink(path, join(folder, 'bin', name))
    const address = `127.0.0.1:${await freePort()}`
    await writeFile(join(folder, 'images.json'), JSON.stringify(await fillRegistry(folder, address, images)))

    undo.push(await start(folder, 'docker-registry', ['serve', await registryConfiguration(folder, address)]))
    const socket = `unix://${join(folder, 'docker.sock')}`
    undo.push(await start(folder, 'dockerd', await engineFlags(folder, address, socket)))
    const env = {
      DOCKER_HOST: socket,
      LAB_STATE: join(folder, 'state'),
      LAB_CACHE: join(folder, 'cache'),
      LAB_IMAGES: join(folder, 'images.json'),
      LAB_CLUSTER: 'lab-online',
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    }
    const run: Machine['run'] = (program, words) =>
      execa('nsenter', [`--net=/run/netns/${namespace}`, program, ...words], {
        cwd: repositoryRoot,
        reject: false,
        all: true,
        env,
      })
    await waitFor({ what: 'the engine with a mirror', deadlineMs: 180_000, signal: never }, async () =>
      (await run('docker', ['version'])).failed ? { notYet: 'no answer' } : { value: undefined },
    )
    return { run, dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Pushes the images from this machine's engine; what a catalogue says of them: the name that is asked for, with the digest there. */
const fillRegistry = async (
  folder: string,
  address: string,
  images: Readonly<Record<string, string>>,
): Promise<Record<string, string>> => {
  const registry = spawn('docker-registry', ['serve', await registryConfiguration(folder, address)], { stdio: 'ignore' })
  try {
    await waitFor({ what: 'the registry', deadlineMs: 180_000, signal: never }, async () =>
      fetch(`http://${address}/v2/`).then(
        () => ({ value: undefined }),
        (error: unknown) => ({ notYet: String(error) }),
      ),
    )
    const catalogue: Record<string, string> = {}
    for (const [name, image] of Object.entries(images)) {
      const elsewhere = /^[^/]*\.[^/]*\//.test(name) // a host; a mirror serves the names of Docker Hub alone
      const there = `${address}/${elsewhere || name.includes('/') ? name : `library/${name}`}`
      await execa('docker', ['tag', image, there])
      const { stdout } = await execa('docker', ['push', there])
      await execa('docker', ['image', 'rm', there])
      catalogue[name] = `${elsewhere ? there : name}@${/digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1]}`
    }
    return catalogue
  } finally {
    registry.kill()
  }
}

const registryConfiguration = async (folder: string, address: string): Promise<string> => {
  const path = join(folder, 'registry.yaml')
  const storage = `{filesystem: {rootdirectory: ${join(folder, 'registry')}}}`
  await writeFile(path, `version: 0.1\nlog: {level: error}\nstorage: ${storage}\nhttp: {addr: '${address}'}\n`)
  return path
}

const engineFlags = async (folder: string, address: string, socket: string): Promise<string[]> => {
  const folders = ['data-root', 'exec-root'].flatMap((name) => [`--${name}`, join(folder, name)])
  const own = ['--host', socket, '--pidfile', join(folder, 'dockerd.pid'), '--registry-mirror', `http://${address}`]
  return [...own, ...folders, ...(await flagsForNodes(folder))]
}

/** Starts a program in the machine's network; what ends it, and shows what it said last if it ended by itself. */
const start = async (folder: string, program: string, words: readonly string[]): Promise<() => Promise<void>> => {
  const path = join(folder, `${program}.log`)
  const log = await open(path, 'w')
  const running = spawn('nsenter', [`--net=/run/netns/${namespace}`, program, ...words], { stdio: ['ignore', log.fd, log.fd] })
  await log.close()
  const ended = new Promise<void>((resolve) => void running.on('exit', () => resolve()))
  await pause(300)
  if (running.exitCode !== null) throw new Error(`${program} ended: ${(await readFile(path, 'utf8')).slice(-2_000)}`)
  return async () => {
    running.kill('SIGTERM')
    await ended
  }
}
