// Commands are killed with SIGKILL at points that are spread evenly over all they do to the machine and to the cluster; nothing may stay.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../cluster/support.ts'
import { killAtPoints, leftBehind } from './kill-at-points.ts'
import type { Case, Killed } from './kill-at-points.ts'

const points = Number(process.env['CHAOS_POINTS'] ?? 100)

const cases: readonly Case[] = [
  { name: 'a run with a cluster of its own', words: ['http2-hot-pod', '--arm', 'control', '--workers', '3'], ownCluster: true },
  { name: 'steady load', words: ['http2-hot-pod', '--arm', 'control'] },
  { name: 'nodes of little memory', words: ['missing-priority-class', '--arm', 'control'] },
  { name: 'nodes with a small disk', words: ['log-flood-disk-pressure', '--arm', 'control'] },
  { name: 'pods that finalizers hold', words: ['orphaned-finalizers', '--arm', 'control'] },
]

const rows: string[] = []

test.each(cases)('$name: killed at any point, nothing of it stays', async (each) => {
  const { effects, killed } = await killAtPoints(each, Math.ceil(points / cases.length))
  rows.push(rowOf(each.name, effects, killed))
  await mkdir(join(root, 'reports/runs'), { recursive: true })
  await writeFile(join(root, 'reports/runs/chaos.md'), `${[...head, ...rows].join('\n')}\n`)
  expect(leftBehind(killed)).toEqual([])
})

const head = [
  '| what was killed | effects | killed at | left something | clean-up, median | worst |',
  '|---|---|---|---|---|---|',
]

const rowOf = (name: string, effects: number, killed: readonly Killed[]): string => {
  const times = killed.flatMap(({ cleanUpS }) => cleanUpS ?? []).toSorted((a, b) => a - b)
  const seconds = (value: number | undefined): string => (value === undefined ? '' : `${value.toFixed(1)} s`)
  const cells = [
    name,
    effects,
    killed.length,
    killed.length - times.length,
    seconds(times[Math.floor(times.length / 2)]),
    seconds(times.at(-1)),
  ]
  return `| ${cells.join(' | ')} |`
}
