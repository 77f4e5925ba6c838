// lab list: the scenarios, their arms and what those need. Needs no cluster.
import { Command } from 'commander'
import { addOnsNamed } from '../../artefact/add-on.ts'
import type { Scenario } from '../../model/scenario.ts'
import { expectedVerdict } from '../../model/verdict.ts'
import { loadScenarios } from '../../run/load-scenarios.ts'

export const command = (): Command =>
  new Command('list')
    .description('list scenarios, their arms, and what an arm needs beside the cluster')
    .option('--json', 'machine-readable output')
    .action(async ({ json }: { json?: true }) => {
      const scenarios = await Promise.all((await loadScenarios()).map(({ scenario }) => listed(scenario)))
      if (json) return console.log(JSON.stringify(scenarios, undefined, 2))
      for (const { slug, title, arms, addOns } of scenarios) {
        console.log(`${slug}  ${title}`)
        const width = Math.max(...arms.map(({ name }) => name.length))
        for (const { name, kind, summary, fullOnly, needs } of arms) {
          const remarks = [...(fullOnly ? ['not in --quick, unless named'] : []), ...needs.map((each) => `needs ${each}`)]
          const told = remarks.length > 0 ? ` (${remarks.join('; ')})` : ''
          console.log(`  ${name.padEnd(width)}  ${kind.padEnd(10)}  ${summary}${told}`)
        }
        for (const each of addOns) console.log(`  needs ${each.name}: ${each.title}, ${preparationWords(each)}`)
      }
    })

const listed = async ({ slug, title, story, shape, images, arms }: Scenario) => ({
  slug,
  title,
  story,
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
  addOns: (await addOnsNamed(Object.values(arms).flatMap((arm) => arm.addOns))).map(({ name, title: of, preparation }) => ({
    name,
    title: of,
    preparation,
  })),
})

const preparationWords = ({ preparation }: { readonly preparation: string }): string =>
  `installed for the run; built first where no image registry answers (${preparation})`
