// lab list: the scenarios, their arms and their requirements. Needs no cluster.
import { Command } from 'commander'
import { addOnsNamed } from '../../artifact/add-on.ts'
import type { Scenario } from '../../model/scenario.ts'
import { expectedVerdict } from '../../model/arm-kind.ts'
import { oncePerMachine } from '../../model/build-cost.ts'
import { listLines } from '../list-text.ts'
import { chooseScenarios, loadScenarios } from '../../scenario/load-scenarios.ts'

export const command = (): Command =>
  new Command('list')
    .description('list scenarios, their arms, and what an arm needs besides the cluster')
    .argument('[scenario...]', 'only these: slugs, or paths of folders such as ./my-scenario')
    .option('--json', 'machine-readable output')
    .action(async (names: string[], { json }: { json?: true }) => {
      const chosen = names.length > 0 ? await chooseScenarios(names) : await loadScenarios()
      const scenarios = await Promise.all(chosen.map(({ scenario }) => listed(scenario)))
      if (json) return console.log(JSON.stringify(scenarios, undefined, 2))
      console.log(listLines(scenarios, process.stdout.columns).join('\n'))
    })

const listed = async ({ slug, title, story, suite, shape, images, arms }: Scenario) => ({
  slug,
  title,
  story,
  suite: suite ?? null,
  shape,
  images,
  arms: Object.entries(arms).map(([name, arm]) => ({
    name,
    kind: arm.kind,
    summary: arm.summary,
    expected: expectedVerdict(arm),
    fullOnly: arm.fullOnly,
    needs: arm.addOns,
  })),
  addOns: await Promise.all(
    (await addOnsNamed(Object.values(arms).flatMap((arm) => arm.addOns))).map(async (addOn) => ({
      name: addOn.name,
      title: addOn.title,
      preparation: oncePerMachine((await addOn.artifacts()).map(({ cost }) => cost)),
    })),
  ),
})
