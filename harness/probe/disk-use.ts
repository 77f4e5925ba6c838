// How full the node's small file system is over time, and what was written on the node's own disk, and the host's, meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { LabError } from '../model/lab-error.ts'
import { runScript } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'
import { defineProbe } from './probe.ts'
import type { ProbeContext } from './probe.ts'

export const probe = defineProbe({
  /** `disk`: where the small file system is mounted on the node. */
  options: z.strictObject({ disk: z.string() }),
  metrics: () => ({
    disk_used_share: { unit: 'ratio', combined: 'median', observation: 'trial' },
    disk_outside_mib: { unit: 'MiB', combined: 'median', observation: 'trial' },
    host_disk_growth_mib: { unit: 'MiB', combined: 'median', observation: 'trial' },
  }),
  start: async (context, { disk }) => {
    const shell = shellOf(context)
    const before = await outside(shell)
    const startedMs = performance.now()
    const points: [number, number][] = []
    let most = 0
    const ended = new AbortController()
    const sampling = (async () => {
      while (!ended.signal.aborted) {
        const { usedMib, share } = await smallFileSystem(shell, disk)
        points.push([Math.round(performance.now() - startedMs), usedMib])
        most = Math.max(most, share)
        await pause(1000, undefined, { signal: ended.signal }).catch(() => {})
      }
    })()
    sampling.catch(() => {}) // told by end
    return {
      end: async () => {
        ended.abort()
        await sampling
        const after = await outside(shell)
        const growth = { node: after.nodeMib - before.nodeMib, host: after.hostMib - before.hostMib }
        return {
          metrics: { disk_used_share: most, disk_outside_mib: growth.node, host_disk_growth_mib: growth.host },
          proof: [`written on ${context.node}'s own disk, outside the small file system, by the end: ${growth.node} MiB`],
          series: { disk_used_mib: { unit: 'MiB', points } },
        }
      },
      stop: () => ended.abort(),
    }
  },
})

const shellOf = ({ shells, node }: ProbeContext): NodeShell => {
  const shell = shells.get(node ?? '')
  if (!shell) throw new LabError('The small disk is looked at on the node of an episode, and there is none', { exit: 'usage' })
  return shell
}

/** Used of what pods can use. */
const smallFileSystem = async (shell: NodeShell, disk: string): Promise<{ usedMib: number; share: number }> => {
  const printed = await runScript(shell, `look at ${disk}`, `df --block-size=1M --output=used,avail ${disk} | tail -1`)
  const [usedMib = 0, availableMib = 0] = printed.trim().split(/\s+/).map(Number)
  return { usedMib, share: usedMib / (usedMib + availableMib) }
}

/** MiB that the node's containers, images and logs take on its own disk, and what is used of the host's file system beneath. */
const outside = async (shell: NodeShell): Promise<{ nodeMib: number; hostMib: number }> => {
  const printed = await runScript(
    shell,
    "look at the node's own disk",
    `du --summarize --one-file-system --block-size=1M --exclude=incident-lab /var | cut -f1; df --block-size=1M --output=used /var | tail -1`,
  )
  const [nodeMib = 0, hostMib = 0] = printed.split(/\s+/).map(Number)
  return { nodeMib, hostMib }
}
