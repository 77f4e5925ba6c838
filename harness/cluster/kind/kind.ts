// kind's own command line, as the lab calls it. The cluster has one name, so that left-overs are always found.
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import type { Say, Work } from '../../model/work.ts'
import { docker } from './engine.ts'
import { kindProgram } from './kind-program.ts'
import { kubeconfigPath } from '../../places.ts'

export const clusterName = process.env.LAB_CLUSTER || 'incident-lab'

/** Of the cluster in the kubeconfig, as kind names it: the file can have others, too. */
export const contextName = `kind-${clusterName}`

/**
 * kind's own settings in the environment could give the cluster another name, network or engine. Proxies it would write into every node, with the passwords
 * in their addresses; nodes of the lab pull nothing.
 */
const unset = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith('KIND_') || /^(https?|all|no)_proxy$/i.test(name))
    .map((name) => [name, undefined]),
)

/** kubeadm waits minutes for a control plane, on a slow machine many. What takes longer hangs. */
const longestMs = 3_600_000

/** Runs kind; its lines go to `say`, all of them into the error. */
const kind = async (work: Work, say: Say, arguments_: readonly string[], input = ''): Promise<void> => {
  const path = await kindProgram(work)
  await rm(`${kubeconfigPath()}.lock`, { force: true }) // of a kind that was killed: no other one is at work on this file
  const running = execa(path, arguments_, {
    all: true,
    reject: false,
    cancelSignal: work.signal,
    timeout: longestMs,
    env: { ...unset, KUBECONFIG: kubeconfigPath() },
    input,
  })
  createInterface({ input: running.all }).on('line', (line) =>
    say(line.replace(/^[ •✓]+/u, '').replace(/ *[^\x20-\x7e].*$/u, '')),
  )
  const { failed, all } = await running
  work.signal.throwIfAborted()
  if (failed) throw new LabError(`kind ${arguments_.slice(0, 2).join(' ')} failed`, { evidence: all.split('\n').slice(-25) })
}

/** `configuration`: kind's own YAML. Nodes stay when this fails, so that their state can be read. */
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

/** Of a lab that was killed: they go on making nodes. As `pgrep` finds them; nobody may be at work meanwhile. */
const ofThisCluster = ['-f', '--', `cluster --name ${clusterName} .*--kubeconfig ${kubeconfigPath()}`]

export const orphanedKinds = async (): Promise<string[]> => {
  const { stdout } = await execa('pgrep', ofThisCluster, { reject: false }) // finding none is exit 1
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((pid) => `process ${pid}`)
}

export const endOrphanedKinds = async (): Promise<void> =>
  void (await execa('pkill', ['-KILL', ...ofThisCluster], { reject: false }))

/** Copies images into nodes that lack them; each is there as `NAME:current`, too. */
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

/** containerd's name of an image of Docker's. */
const inContainerd = (name: string): string => `docker.io/${name}`
