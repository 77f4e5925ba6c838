// CPU counters of containers and their pods, read on the node from the cgroup files themselves, v1 or v2.
import { printFile } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { ContainerCpu, CpuCounters, CpuReading, Quota } from '../model/testbed.ts'

/** Folders of a container's cgroup files: one on cgroup v2, one per controller on v1. */
interface Place {
  readonly cpu: string
  readonly usage: string
  readonly memory: string
}

/** Finds the cgroups of containers, by their ids in the node's runtime; the function reads all their counters at once. */
export const containerCpu = async (shell: NodeShell, ids: readonly string[]): Promise<() => Promise<CpuReading>> => {
  const places = await Promise.all(ids.map((id) => cgroupOf(shell, id)))
  const script = [...places.map(readPlace), 'echo "clock ${EPOCHREALTIME/,/.}"'].join('; ')
  return async () => parseReading(await shell.run(script))
}

/** Finds the cgroup of a container on its node. */
export const cgroupOf = async (shell: NodeShell, id: string): Promise<Place> => {
  const found = await shell.run(`find /sys/fs/cgroup/ -name cpu.stat -path '*${id}*' -not -path '*/unified/*'`)
  const cpu = folderOf(found.split('\n')[0] ?? '')
  if (id === '' || cpu === '') throw new Error(`no cgroup of container ${id} on its node`)
  return placeOf(cpu)
}

/** From the folder that holds its cpu.stat. On v1 a cgroup has the same path below each controller, and some are mounted together: `cpu,cpuacct`. */
export const placeOf = (cpu: string): Place => {
  const [, mount = '', path = ''] = /^\/sys\/fs\/cgroup\/([^/]+)(\/.*)$/.exec(cpu) ?? []
  const controllers = mount.split(',')
  const below = (controller: string): string =>
    !controllers.includes('cpu') || controllers.includes(controller) ? cpu : `/sys/fs/cgroup/${controller}${path}`
  return { cpu, usage: below('cpuacct'), memory: below('memory') }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

const readPlace = ({ cpu, usage }: Place): string =>
  ['echo container', readCgroup(cpu, usage), 'echo pod', readCgroup(folderOf(cpu), folderOf(usage))].join('; ')

const readCgroup = (cpu: string, usage: string): string =>
  [`${cpu}/cpu.stat`, `${usage}/cpuacct.usage`, `${cpu}/cpu.max`, `${cpu}/cpu.cfs_quota_us`, `${cpu}/cpu.cfs_period_us`]
    .map(printFile)
    .join('; ')

/** The text of a reading: for each container a block `container` and a block `pod`, then the clock. */
export const parseReading = (text: string): CpuReading => {
  const [blocks = '', clock = ''] = text.split(/^clock /m)
  const containers = blocks
    .split(/^container$/m)
    .slice(1)
    .map((each): ContainerCpu => {
      const [container = '', pod = ''] = each.split(/^pod$/m)
      return { container: counters(container), pod: counters(pod), quota: quotaIn(container), podQuota: quotaIn(pod) }
    })
  return { atMs: Number(clock) * 1000, containers }
}

/** v1 counts throttled time in ns, and usage in a separate file; v2 has both in µs. A cgroup without a quota may lack the first three. */
const counters = (text: string): CpuCounters => ({
  usedMs: field(text, 'usage_usec') / 1000 || bareNumbers(text)[0] / 1e6,
  periods: field(text, 'nr_periods'),
  throttledPeriods: field(text, 'nr_throttled'),
  throttledMs: field(text, 'throttled_usec') / 1000 || field(text, 'throttled_time') / 1e6,
})

const field = (text: string, name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)

/** Lines with only a number: v1's usage, quota and period, in printed order. */
const bareNumbers = (text: string): [usageNs: number, quotaUs: number, periodUs: number] => {
  const [usage = 0, limit = -1, period = 0] = [...text.matchAll(/^(-?\d+)$/gm)].map((match) => Number(match[1]))
  return [usage, limit, period]
}

const quotaIn = (text: string): Quota | null => {
  const [, max, maxPeriod] = /^(max|\d+) (\d+)$/m.exec(text) ?? []
  const [, quotaUs, periodUs] = max === undefined ? bareNumbers(text) : [0, Number(max), Number(maxPeriod)] // "max" is no number
  return quotaUs > 0 ? { quotaMs: quotaUs / 1000, periodMs: periodUs / 1000 } : null
}
