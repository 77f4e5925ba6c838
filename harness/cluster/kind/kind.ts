// Calls of kind's command line. The cluster has a fixed name, so that leftovers are always found.
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import type { Say, Work } from '../../model/work.ts'
import { docker } from '../../artifact/docker.ts'
import { kindProgram } from './kind-program.ts'
import { kubeconfigPath } from '../../places.ts'

export const clusterName = process.env.LAB_CLUSTER || 'incident-lab'

/** kind's name of the cluster's context; the kubeconfig can contain other contexts. */
export const contextName = `kind-${clusterName}`

/**
 * Docker network of the cluster, which kind makes. In kind's usual one, nodes of another cluster that start earlier with the engine take addresses of
 * this cluster's nodes, whose kubelets and etcd do not work at other ones.
 */
export const networkName = `kind-${clusterName}`

/**
 * kind's settings in the environment could change the cluster's name, network or engine. kind would write proxies into every node, with the passwords
 * in their addresses; nodes of the lab pull nothing.
 */
const unset = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith('KIND_') || /^(https?|all|no)_proxy$/i.test(name))
    .map((name) => [name, undefined]),
)

/** kubeadm waits minutes for a control plane, many on a slow machine. After this time it hangs. */
const longestMs = 3_600_000

/** Runs kind; passes its lines to `say`, and its last lines to the error. */
const kind = async (work: Work, say: Say, arguments_: readonly string[], input = ''): Promise<void> => {
  const path = await kindProgram(work)
  await rm(`${kubeconfigPath()}.lock`, { force: true }) // left by a kind that was killed: no other one uses this file
  const running = execa(path, arguments_, {
    all: true,
    reject: false,
    cancelSignal: work.signal,
    timeout: longestMs,
    env: { ...unset, KUBECONFIG: kubeconfigPath(), KIND_EXPERIMENTAL_DOCKER_NETWORK: networkName },
    input,
  })
  createInterface({ input: running.all }).on('line', (line) =>
    say(line.replace(/^[ •✓]+/u, '').replace(/ *[^\x20-\x7e].*$/u, '')),
  )
  const { failed, all } = await running
  work.signal.throwIfAborted()
  if (failed)
    throw new LabError(`kind ${arguments_.slice(0, 2).join(' ')} failed`, {
      evidence: all.split('\n').slice(-25),
      next: 'run it again; if it fails again, `lab down` removes the cluster, and the next run creates another one',
    })
}

/** `configuration`: kind's own YAML. After a failure the nodes stay, so that their state can be read. */
export const createCluster = (work: Work, title: string, configuration: string, image: string): Promise<void> =>
  work.step(title, (say) =>
    kind(
      work,
      say,
      [
        'create',
        'cluster',
        '--name',
        clusterName,
        '--image',
        image,
        '--config',
        '-',
        '--kubeconfig',
        kubeconfigPath(),
        '--retain',
      ],
      configuration,
    ),
  )

/** kind processes of a killed lab, which continue to create nodes. As `pgrep` finds them; no other command may run meanwhile. */
const ofThisCluster = ['-f', '--', `cluster --name ${clusterName} .*--kubeconfig ${kubeconfigPath()}`]

export const orphanedKinds = async (): Promise<string[]> => {
  const { stdout } = await execa('pgrep', ofThisCluster, { reject: false }) // exits 1 if it finds none
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((pid) => `process ${pid}`)
}

export const endOrphanedKinds = async (): Promise<void> =>
  void (await execa('pkill', ['-KILL', ...ofThisCluster], { reject: false }))

/** Copies images into nodes that lack them, and tags each also as `NAME:current`. */
export const loadImages = (
  work: Work,
  images: readonly { readonly name: string; readonly reference: string }[],
  nodes: readonly string[],
): Promise<void> =>
  work.step(`load ${images.length} images into ${nodes.length} nodes`, async (say) => {
    const references = images.map(({ reference }) => reference)
    await kind(work, say, ['load', 'docker-image', ...references, '--name', clusterName, '--nodes', nodes.join(',')])
    const tag = images.map(
      ({ name, reference }) => `ctr -n k8s.io images tag --force ${inContainerd(reference)} ${inContainerd(name)}:current`,
    )
    await Promise.all(nodes.map((node) => docker(['exec', node, 'sh', '-c', tag.join(' && ')])))
  })

/** containerd's name of a Docker image. */
const inContainerd = (name: string): string => `docker.io/${name}`
