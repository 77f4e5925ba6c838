// Usage of the node's small file system over time, and growth of the node's own disk and of the host's disk.
import * as z from 'zod'
import { couldNot, runScript } from '../../model/node-shell.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import { defineProbe } from '../kit/probe.ts'
import { lookEvery, nodeShell } from '../kit/sample.ts'

export const probe = defineProbe({
  /** `disk`: mount point of the small file system on the node. */
  options: z.strictObject({ disk: z.string() }),
  needsTimeline: true,
  metrics: () => ({
    disk_used_share: {
      label: 'disk used, share',
      brief: 'disk',
      meaning: 'of the node’s file system, the most during the episode',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    disk_outside_mib: {
      label: 'written outside the small disk',
      brief: 'outside',
      meaning: 'growth of what the node has on its own disk, the small file system left out',
      unit: 'MiB',
      combined: 'median',
      observation: 'trial',
    },
    host_disk_growth_mib: {
      label: 'growth of the host’s disk',
      meaning: 'of all that is used on the host’s file system below the nodes, by any process: etcd’s log among it',
      unit: 'MiB',
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async (context, { disk }) => {
    const shell = nodeShell(context, 'The small disk')
    const before = await outside(shell)
    const startedMs = performance.now()
    const points: [number, number][] = []
    let most = 0
    const sampling = lookEvery(1000, async () => {
      const { usedMib, share } = await smallFileSystem(shell, disk)
      points.push([Math.round(performance.now() - startedMs), usedMib])
      most = Math.max(most, share)
    })
    const series = () => ({ disk_used_mib: { label: 'disk used', unit: 'MiB', points } })
    return {
      seen: () => ({ series: series() }),
      end: async () => {
        await sampling.end()
        const after = await outside(shell)
        const growth = { node: after.nodeMib - before.nodeMib, host: after.hostMib - before.hostMib }
        return {
          metrics: { disk_used_share: most, disk_outside_mib: growth.node, host_disk_growth_mib: growth.host },
          proof: [`written on ${context.node}'s own disk, outside the small file system, by the end: ${growth.node} MiB`],
          series: series(),
        }
      },
      stop: () => sampling.stop(),
    }
  },
})

/** Used share of the space for pods. */
const smallFileSystem = async (shell: NodeShell, disk: string): Promise<{ usedMib: number; share: number }> => {
  const [usedMib, availableMib] = await twoNumbers(
    shell,
    `look at ${disk}`,
    `df --block-size=1M --output=used,avail ${disk} | tail -1`,
  )
  return { usedMib, share: usedMib / (usedMib + availableMib) }
}

/** MiB of the node's containers, images and logs on its own disk, and usage of the host's file system below. */
export const outside = async (shell: NodeShell): Promise<{ nodeMib: number; hostMib: number }> => {
  const count = 'du --summarize --one-file-system --block-size=1M --exclude=incident-lab /var 2>/dev/null' // which reports each file that disappears meanwhile
  const script = `${count} | cut -f1; df --block-size=1M --output=used /var | tail -1`
  const [nodeMib, hostMib] = await twoNumbers(shell, "look at the node's own disk", script)
  return { nodeMib, hostMib }
}

/** Parses the two numbers that a script prints. */
const twoNumbers = async (shell: NodeShell, what: string, script: string): Promise<[number, number]> => {
  const printed = await runScript(shell, what, script)
  const [, first, second] = /^(\d+)\s+(\d+)$/.exec(printed) ?? []
  if (first === undefined || second === undefined) throw couldNot(what, printed)
  return [Number(first), Number(second)]
}
