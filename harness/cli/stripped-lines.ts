// What `lab remedy strip-finalizers` prints: each pod, what was taken off it, and what nobody will do for it now.
import { inColumns } from '../report/write/columns.ts'
import type { Stripped, StripReport } from '../remedy/strip-finalizers.ts'

/** Lines for a terminal. */
export const strippedLines = (
  namespace: string,
  { stripped, leftAlone }: StripReport,
  dryRun: boolean,
  nowMs: number,
): readonly string[] => [
  ...(stripped.length === 0
    ? [`no pod of ${namespace} hangs in Terminating because of a finalizer`]
    : [
        `${stripped.length === 1 ? '1 pod' : `${stripped.length} pods`} of ${namespace} in Terminating because of a finalizer`,
        ...aligned(stripped.map((each) => row(each, nowMs))),
        dryRun
          ? 'nothing was changed (--dry-run)'
          : 'taken off; what these finalizers stand for has not been done for these pods',
      ]),
  ...(leftAlone.length === 0 ? [] : ['left alone', ...aligned(leftAlone.map(({ pod, why }) => [pod, why]))]),
]

const row = ({ pod, deletedAt, address, removed }: Stripped, nowMs: number): string[] => [
  pod,
  `deleted ${Math.round((nowMs - Date.parse(deletedAt)) / 1000)} s ago`,
  address ?? 'no address',
  removed.join(', '),
]

const aligned = (rows: readonly (readonly string[])[]): string[] => inColumns(rows).map((line) => `  ${line}`)
