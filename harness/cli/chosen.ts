// The scenarios that a command names: by slug or path, by suite, or all.
import { LabError } from '../model/lab-error.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { chooseScenarios, loadScenarios, scenariosOfSuite } from '../scenario/load-scenarios.ts'

/** At least one. */
export const chosenBy = async (
  slugs: readonly string[],
  { all, suite }: { readonly all?: true | undefined; readonly suite?: string | undefined },
): Promise<readonly LoadedScenario[]> => {
  if (slugs.length > 0 && (all || suite !== undefined))
    throw new LabError(`Scenarios are named and chosen by ${all ? '--all' : '--suite'}: ${slugs.join(', ')}`, {
      exit: 'usage',
      next: 'name scenarios, or pass the flag',
    })
  const chosen = await (suite !== undefined ? scenariosOfSuite(suite) : all ? loadScenarios() : chooseScenarios(slugs))
  if (chosen.length > 0) return chosen
  throw new LabError('No scenario was named', {
    exit: 'usage',
    next: 'name one, or pass --suite or --all; `lab list` shows them',
  })
}
