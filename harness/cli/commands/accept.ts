// lab accept: stores a run as evidence, one folder per scenario. Needs no cluster.
import { join, relative } from 'node:path'
import { Command, Option } from 'commander'
import { readJudged } from '../../judge/read-run.ts'
import { contentOf } from '../../measure/content.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Run } from '../../model/run.ts'
import { repositoryRoot } from '../../places.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { refusals } from '../refusals.ts'
import { writeRun } from '../results.ts'

export const command = (): Command =>
  new Command('accept')
    .description(
      'accept a run as evidence: it must be complete, match the current scenarios, and have the expected verdict for every arm',
    )
    .argument('<run>', 'folder of a run, or its run.json')
    .argument('[slug...]', 'only these of its scenarios')
    .addOption(
      new Option('--into <folder>', 'where a folder for each scenario goes').default(
        join(repositoryRoot, 'reports/accepted'),
        'reports/accepted of the lab',
      ),
    )
    .action(async (path: string, slugs: string[], { into }: { into: string }) => {
      const run = only(slugs, await readJudged(path))
      const loaded = await loadScenarios()
      const current = await Promise.all(
        run.scenarios.flatMap(({ slug, arms }) => {
          const found = loaded.find(({ scenario }) => scenario.slug === slug)
          const names = arms.map(({ name }) => name)
          return found ? [contentOf(found, names, run.mode).then((content) => [slug, content] as const)] : []
        }),
      )
      const evidence = refusals(run, new Map(current))
      if (evidence.length > 0)
        throw new LabError('The run cannot be accepted as evidence', {
          evidence,
          next: 'run the current scenarios again',
        })
      for (const scenario of run.scenarios) {
        const folder = join(into, scenario.slug)
        await writeRun({ ...run, scenarios: [scenario], skipped: [] }, folder)
        console.log(`accepted: ${relative(process.cwd(), folder)}`)
      }
    })

/** Without names: the whole run. */
const only = (slugs: readonly string[], run: Run): Run => {
  const unknown = slugs.filter((slug) => !run.scenarios.some((each) => each.slug === slug))
  if (unknown.length > 0)
    throw new LabError(`The run did not measure ${unknown.join(', ')}`, {
      exit: 'usage',
      why: `it measured ${run.scenarios.map(({ slug }) => slug).join(', ') || 'nothing'}`,
      next: 'name scenarios of this run, or none to accept all of it',
    })
  return slugs.length === 0 ? run : { ...run, scenarios: run.scenarios.filter(({ slug }) => slugs.includes(slug)) }
}
