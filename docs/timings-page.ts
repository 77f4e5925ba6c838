// docs/timings.md: how long the lab's commands take, from records that `npm run timings` measured.
import { median } from 'simple-statistics'
import * as z from 'zod'
import { minutes } from '../harness/report/write/date.ts'
import { table } from '../harness/report/write/markdown-text.ts'

/** One command, once, from a clean clone of the commit. */
export const Timing = z.strictObject({
  command: z.string(),
  commit: z.string(),
  startedAt: z.iso.datetime(),
  machine: z.string().describe('CPUs and memory'),
  seconds: z.number(),
  parts: z.array(z.strictObject({ what: z.string(), seconds: z.number() })).describe('phases of its run; the rest is in none'),
})
export type Timing = z.infer<typeof Timing>

export const Timings = z.strictObject({
  measured: z.array(Timing),
  before: z
    .record(z.string(), z.string())
    .describe('by command: what it took at commit 05fc14a, before builds were a graph and tests had tiers'),
})
export type Timings = z.infer<typeof Timings>

export const timingsPage = ({ measured, before }: Timings): string => `# Timings
Made by \`npm run timings\` from the phases of real runs, each from a clean clone; times in minutes. The last three of each command and machine stand
here, all of them in \`docs/timings.json\`. "Before" is commit 05fc14a on a machine of the same size.

${[...Map.groupBy(measured, ({ machine }) => machine)].map(([machine, all]) => `## ${machine}\n${timesTable(all, before)}`).join('\n\n')}
`

const shownRuns = 3

const timesTable = (all: readonly Timing[], before: Timings['before']): string => {
  const rows = [...Map.groupBy(all, ({ command }) => command)].flatMap(([command, every]) => {
    const runs = every.slice(-shownRuns)
    const cells = (secondsOf: (run: Timing) => number): string[] => {
      const seconds = runs.map(secondsOf)
      return [minutes(median(seconds)), seconds.map(minutes).join(', ')]
    }
    const parts = new Set<string>(runs.flatMap((run) => run.parts.map(({ what }) => what)))
    return [
      [
        command,
        before[command] ?? '',
        ...cells(({ seconds }) => seconds),
        [...new Set(runs.map(({ commit }) => commit))].join(', '),
      ],
      ...[...parts].map((what) => [
        `– ${what}`,
        '',
        ...cells((run) => run.parts.find((part) => part.what === what)?.seconds ?? 0),
        '',
      ]),
    ]
  })
  return table(['command', 'before', 'median', 'each run', 'commit'], rows, () => false)
}
