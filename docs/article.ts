// docs/article.md: what the article says, and what the lab found of it, from `claims.ts` in the folders of its scenarios.
import { join } from 'node:path'
import { loadExport } from '../harness/extension.ts'
import { Claims } from '../harness/model/claim.ts'
import type { Claim } from '../harness/model/claim.ts'
import type { ScenarioRun } from '../harness/model/run.ts'
import type { LoadedScenario } from '../harness/model/scenario.ts'
import { isThere } from '../harness/places.ts'
import { expectedVerdict } from '../harness/model/arm-kind.ts'
import { code, table } from '../harness/report/write/markdown-text.ts'

const answers: Readonly<Record<Claim['answer'], string>> = {
  reproduced: '✓ reproduced',
  refuted: '✗ refuted',
  partly: '◐ partly',
  'not-shown': '– not shown',
}

/** The claims of a scenario; empty if its folder has none. */
export const claimsOf = async ({ folder, scenario }: LoadedScenario): Promise<readonly Claim[]> => {
  const file = join(folder, 'claims.ts')
  const claims = (await isThere(file)) ? await loadExport(file, 'claims', Claims) : []
  const unknown = claims.flatMap(({ arms }) => arms).filter((arm) => !(arm in scenario.arms))
  if (unknown.length > 0) throw new Error(`${file} names unknown arms: ${unknown.join(', ')}`)
  return claims
}

/** `accepted`: each scenario that has an accepted run, as it was measured there, by slug. */
export const articleMarkdown = async (
  scenarios: readonly LoadedScenario[],
  accepted: ReadonlyMap<string, ScenarioRun>,
): Promise<string> => {
  const parts = await Promise.all(
    scenarios.map(async (loaded) => {
      const claims = await claimsOf(loaded)
      const { slug, title } = loaded.scenario
      const arms = accepted.get(slug)?.arms ?? []
      const rows = claims.map((claim) => [
        claim.says,
        mark(claim, loaded, arms),
        claim.arms.map((name) => shown(slug, name, arms)).join('<br>'),
        claim.how,
      ])
      return claims.length === 0 ? [] : [`## ${slug}`, `${title}.`, table(columns, rows, () => false)]
    }),
  )
  return `${[head, ...parts.flat()].join('\n\n')}\n`
}

const head = `# The article, sentence by sentence
["Hidden Kubernetes Bad Practices Learned the Hard Way During Incidents"](https://hackernoon.com/hidden-kubernetes-bad-practices-learned-the-hard-way-during-incidents)
describes incidents. For each thing it says here is what the lab found, with the arms that show it and the verdict that the accepted run gave them.
A row of which the accepted run lacks an arm says "not accepted yet".
A test writes this page from \`claims.ts\` in the folders of the scenarios (\`npx vitest run --project hermetic docs/article.test.ts -u\`).`

const columns = ['the article says', 'the lab found', 'arms', 'what was seen, or why not']

/** What the claim's folder says, if the accepted run gave each of its arms the verdict that the scenario expects. */
const mark = ({ answer, arms: names }: Claim, { scenario }: LoadedScenario, arms: ScenarioRun['arms']): string => {
  const measured = names.map((name) => ({ of: scenario.arms[name], verdict: arms.find((arm) => arm.name === name)?.verdict }))
  if (measured.some(({ verdict }) => verdict === undefined)) return 'not accepted yet'
  const isAsExpected = measured.every(({ of, verdict }) => of && verdict === expectedVerdict(of))
  return isAsExpected ? answers[answer] : '? another verdict than expected'
}

/** An arm with its verdict; one that no accepted run has yet is named without. */
const shown = (slug: string, name: string, arms: ScenarioRun['arms']): string => {
  const arm = arms.find((each) => each.name === name)
  return arm ? `[${code(name)}](../reports/accepted/${slug}/report.md): ${arm.verdict}` : `${code(name)}: not accepted yet`
}
