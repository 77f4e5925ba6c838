// Which scenarios this machine can run, as far as known beforehand.
import type { Provider } from '../cluster/provider.ts'
import { LabError } from '../model/lab-error.ts'
import type { LoadedScenario } from '../model/scenario.ts'

/** The scenarios it can run, and by slug why it cannot run the others. */
export const partitionByFit = async <T extends { readonly loaded: LoadedScenario }>(
  provider: Pick<Provider, 'unsupportedReason'>,
  scenarios: readonly T[],
): Promise<{ readonly fit: readonly T[]; readonly unfit: ReadonlyMap<string, LabError> }> => {
  const unfit = new Map<string, LabError>()
  for (const { loaded } of scenarios) {
    const { slug, trial } = loaded.scenario
    const reason = trial.kind === 'episode' ? await provider.unsupportedReason(trial.node.size) : null
    if (trial.kind !== 'episode' || !reason) continue
    const { why, next } = reason
    unfit.set(slug, new LabError(`${slug} needs nodes of size ${trial.node.size}`, { exit: 'cannotRun', why, next }))
  }
  return { fit: scenarios.filter(({ loaded }) => !unfit.has(loaded.scenario.slug)), unfit }
}
