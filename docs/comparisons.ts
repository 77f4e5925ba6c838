// The comparisons in reports/comparisons/ as a table for docs/gate.md, and those of two versions of Kubernetes as docs/versions.md.
import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { minorOf } from '../kind-configs/kubernetes.ts'
import { headline } from '../harness/cli/diff/headline.ts'
import { diffMarkdown } from '../harness/cli/diff/markdown.ts'
import { RunDiff } from '../harness/diff/run-diff.ts'
import { code, plain, table } from '../harness/report/write/markdown-text.ts'
import { withMarked } from './marked.ts'

const folder = join(import.meta.dirname, '../reports/comparisons')

/** In the order in which they were measured. */
export const readComparisons = async (): Promise<RunDiff[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'))
  const all = await Promise.all(files.map(async (file) => RunDiff.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))))
  return all.toSorted((a, b) => a.newer.startedAt.localeCompare(b.newer.startedAt))
}

const marks = ['<!-- comparisons: a test writes this table from reports/comparisons/ -->', '<!-- /comparisons -->'] as const

/** The page with the table between its two comments. */
export const withComparisons = (page: string, comparisons: readonly RunDiff[]): string => {
  const columns = ['base → change', 'scenarios', 'mode, seed', 'minutes', 'answer']
  return withMarked(
    page,
    marks,
    table(columns, comparisons.map(row), () => false),
  )
}

const row = (diff: RunDiff): string[] => [
  `${code(nameOf(diff.older))} → ${code(nameOf(diff.newer))}`,
  diff.scenarios.map(({ slug }) => plain(slug)).join('<br>'),
  `${diff.newer.mode}, ${diff.newer.seed}`,
  minutesOf(diff),
  plain(headline(diff)),
]

type Side = RunDiff['newer']

const isVersion = ({ platform }: Side): boolean => platform === 'default' || /^v\d/.test(platform)

/** A version by its minor version, of which the default is one; any other platform by its name, or that of its file. */
const nameOf = (side: Side): string => (isVersion(side) ? minorOf(side.kubernetes) : basename(side.platform, '.yaml'))

const minutesOf = ({ older, newer }: RunDiff): string => {
  const from = Math.min(...[older, newer].map(({ startedAt }) => Date.parse(startedAt)))
  const to = Math.max(...[older, newer].map(({ finishedAt }) => Date.parse(finishedAt ?? '')))
  return Math.round((to - from) / 60_000).toString()
}

/** Comparisons of two versions without other settings. */
export const versionsPage = (comparisons: readonly RunDiff[]): string => {
  const found = comparisons.filter(({ older, newer }) => isVersion(older) && isVersion(newer) && nameOf(older) !== nameOf(newer))
  const sections = found.map((diff) => {
    const slugs = diff.scenarios.map(({ slug }) => slug).join(', ')
    return `## ${diff.older.kubernetes} → ${diff.newer.kubernetes}: ${slugs}\n${diffMarkdown(diff)}\n`
  })
  return `# What differs between versions of Kubernetes
Written by a test from the comparisons of versions in \`reports/comparisons/\`; [how they are made](gate.md).

${sections.join('\n')}`
}
