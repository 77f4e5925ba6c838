// Output of `lab remedy strip-finalizers`: each pod, its removed finalizers, and the work that was skipped.
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
          : 'removed; the clean-up that these finalizers protect was skipped for these pods',
      ]),
  ...(leftAlone.length === 0 ? [] : ['unchanged', ...aligned(leftAlone.map(({ pod, why }) => [pod, why]))]),
]

const row = ({ pod, deletedAt, address, removed }: Stripped, nowMs: number): string[] => [
  pod,
  `deleted ${Math.round((nowMs - Date.parse(deletedAt)) / 1000)} s ago`,
  address ?? 'no address',
  removed.join(', '),
]

const aligned = (rows: readonly (readonly string[])[]): string[] => inColumns(rows).map((line) => `  ${line}`)
