// Where a run took place, as terms and lines that both renderings print.
import type { Run } from '../../model/run.ts'
import { clock, elapsed, moment } from '../write/date.ts'

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)}\u00a0GiB`

/** Terms with one or more lines each. */
export const environmentWords = (run: Run): readonly (readonly [term: string, lines: readonly string[]])[] => {
  const { environment } = run
  const { host } = environment
  return [
    ['Kubernetes', [`${environment.kubernetes} on ${environment.provider}, shape ${environment.shape}`]],
    [
      'Nodes',
      environment.nodes.map(
        (node) =>
          `${node.name}: kubelet ${node.kubelet}, ${node.containerRuntime}, ${node.os}, kernel ${node.kernel}, ${node.cpus} CPUs, ${gibibytes(node.memoryBytes)}`,
      ),
    ],
    ['Images', environment.images.map((image) => `${image.name}, ${image.from}`)],
    ['Host', [`${host.cpus} × ${host.cpuModel}, ${gibibytes(host.memoryBytes)}, kernel ${host.kernel}, cgroup ${host.cgroup}`]],
    [
      'Software',
      [
        `lab ${environment.labVersion}, Docker engine ${environment.dockerEngine}${host.os ? ` on ${host.os}` : ''}, Node.js ${environment.node}`,
      ],
    ],
    ['Run', [`${run.mode}, seed ${run.seed}, started ${moment(run.startedAt)}, ${runEnd(run)}`]],
  ]
}

const runEnd = (run: Run): string =>
  run.finishedAt === null
    ? 'cut off before it finished'
    : `finished ${clock(run.finishedAt)} after ${elapsed(run.startedAt, run.finishedAt)}`

/** Why the run, or a part of it, is not whole; null when it is. */
export const cutOffWords = (run: Run): string | null => {
  const parts = run.scenarios.filter((scenario) => !scenario.complete).map((scenario) => scenario.slug)
  if (run.finishedAt !== null && parts.length === 0) return null
  const judged = parts.length === 0 ? '' : ` Judged on the trials it had: ${parts.join(', ')}.`
  return `This run is not complete: it was cut off.${judged}`
}
