// lab list: the scenarios and their arms. Needs no cluster.
import { Command } from 'commander'
import { expectedVerdict } from '../../model/verdict.ts'
import { loadScenarios } from '../../run/load-scenarios.ts'

export const command = (): Command =>
  new Command('list')
    .description('list scenarios and their arms')
    .option('--json', 'machine-readable output')
    .action(async ({ json }: { json?: true }) => {
      const scenarios = (await loadScenarios()).map(({ scenario: { slug, title, story, shape, images, arms } }) => ({
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
        })),
      }))
      if (json) return console.log(JSON.stringify(scenarios, undefined, 2))
      for (const { slug, title, arms } of scenarios) {
        console.log(`${slug}  ${title}`)
        const width = Math.max(...arms.map(({ name }) => name.length))
        for (const { name, kind, summary, fullOnly } of arms)
          console.log(
            `  ${name.padEnd(width)}  ${kind.padEnd(10)}  ${summary}${fullOnly ? ' (not in --quick, unless named)' : ''}`,
          )
      }
    })
