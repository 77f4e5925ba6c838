// The environment of the run, and how to read its verdicts and exit codes.
import { defaultPlatform } from '../../model/platform.ts'
import type { Run } from '../../model/run.ts'
import type { Section } from '../document/elements.ts'
import { clock, elapsed, moment } from '../write/date.ts'
import { cpuWords } from '../write/host-words.ts'
import { allVerdictWords, exitMeanings } from '../write/verdict-words.ts'

export const environmentSection = (run: Run): Section => ({
  id: 'environment',
  title: 'Environment',
  elements: [
    { element: 'terms', terms: terms(run) },
    { element: 'heading', text: 'How to read a verdict' },
    { element: 'terms', terms: allVerdictWords.map(({ symbol, word, means }) => [`${symbol} ${word}`, means]) },
    { element: 'heading', text: 'Exit codes' },
    { element: 'terms', terms: exitMeanings.map(([code, means]) => [String(code), means]) },
  ],
})

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)}\u00a0GiB`

/** Terms with one or more lines each. */
const terms = (run: Run): readonly (readonly [term: string, ...lines: string[]])[] => {
  const { environment } = run
  const { host } = environment
  return [
    [
      'Kubernetes',
      `${environment.kubernetes} on ${environment.provider}, shape ${environment.shape}${platformWords(environment)}`,
    ],
    [
      'Nodes',
      ...environment.nodes.map(
        (node) =>
          `${node.name}: kubelet ${node.kubelet}, ${node.containerRuntime}, ${node.os}, kernel ${node.kernel}, ${node.cpus} CPUs, ${gibibytes(node.memoryBytes)}`,
      ),
    ],
    ['Images', ...environment.images.map((image) => `${image.name}, ${image.from}`)],
    ['Host', `${cpuWords(run)}, ${gibibytes(host.memoryBytes)}, kernel ${host.kernel}, cgroup ${host.cgroup}`],
    [
      'Software',
      `lab ${environment.labVersion}, Docker engine ${environment.dockerEngine}${host.os ? ` on ${host.os}` : ''}, Node.js ${environment.node}`,
    ],
    ['Run', `${run.mode}, seed ${run.seed}, started ${moment(run.startedAt)}, ${runEnd(run)}`],
  ]
}

/** Nothing for the default one, which older runs had, too. */
const platformWords = ({ platform }: Run['environment']): string =>
  platform === undefined || platform.name === defaultPlatform.name ? '' : `, platform ${platform.name}: ${platform.summary}`

const runEnd = (run: Run): string =>
  run.finishedAt === null ? 'interrupted' : `finished ${clock(run.finishedAt)} after ${elapsed(run.startedAt, run.finishedAt)}`
