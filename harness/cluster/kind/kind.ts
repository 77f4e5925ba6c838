// kind's own command line, as the lab calls it. The cluster has one name, so that left-overs are always found.
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { program } from '../../../kind-configs/node-image/programs.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Say, Work } from '../../model/step.ts'
import { kubeconfigPath, shapePath } from './paths.ts'

export const clusterName = process.env.LAB_CLUSTER ?? 'incident-lab'

/** Runs kind; its lines go to `say`, all of them into the error. */
const kind = async (work: Work, say: Say, arguments_: readonly string[]): Promise<void> => {
  const path = await program(work, 'kind')
  const running = execa(path, arguments_, {
    all: true,
    reject: false,
    cancelSignal: work.signal,
    env: { KUBECONFIG: kubeconfigPath() },
  })
  createInterface({ input: running.all }).on('line', (line) =>
    say(line.replace(/^[ •✓]+/u, '').replace(/ *[^\x20-\x7e].*$/u, '')),
  )
  const { failed, all } = await running
  work.signal.throwIfAborted()
  if (failed) throw new LabError(`kind ${arguments_.slice(0, 2).join(' ')} failed`, { evidence: all.split('\n').slice(-25) })
}

/** Nodes stay when this fails, so that their state can be read. */
export const createCluster = (work: Work, shape: string, image: string): Promise<void> =>
  work.step(`create cluster ${clusterName}`, (say) =>
    kind(work, say, [
      'create',
      'cluster',
      '--name',
      clusterName,
      '--image',
      image,
      '--config',
      shapePath(shape),
      '--kubeconfig',
      kubeconfigPath(),
      '--retain',
    ]),
  )

export const deleteCluster = (work: Work): Promise<void> =>
  work.step(`remove cluster ${clusterName}`, (say) =>
    kind(work, say, ['delete', 'cluster', '--name', clusterName, '--kubeconfig', kubeconfigPath()]),
  )

/** Copies images into nodes that lack them. */
export const loadImages = (work: Work, references: readonly string[], nodes: readonly string[]): Promise<void> =>
  work.step(`load ${references.length} images into ${nodes.length} nodes`, (say) =>
    kind(work, say, ['load', 'docker-image', ...references, '--name', clusterName, '--nodes', nodes.join(',')]),
  )
