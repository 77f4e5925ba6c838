// The reference of commands, exit codes, verdicts and metrics, as Markdown; a test keeps docs/reference.md equal to it.
import type { Command } from 'commander'
import { kindOf, ArmKind } from '../model/arm-kind.ts'
import { exitCodes } from '../model/lab-error.ts'
import type { MetricDefinition, MetricDefinitions } from '../model/metric.ts'
import { code as codeSpan, table as markdownTable } from '../report/write/markdown-text.ts'

/** `lab`: the program with all its commands. `metrics`: what the probes of each scenario measure, by slug. */
export const referenceMarkdown = (lab: Command, metrics: Readonly<Record<string, MetricDefinitions>>): string =>
  [
    '# Reference',
    'A test writes this page from the code (`npx vitest run --project hermetic harness/test/reference.test.ts -u`).',
    '## Commands',
    ...lab.commands.flatMap((command) => commandMarkdown(command, 'lab')),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [`${code}`, meaning]),
    ),
    '## Arms and their verdicts',
    table(
      ['kind of arm', 'means', 'verdicts', 'expected'],
      ArmKind.options.map((kind) => {
        const { means, byRules, otherwise, expected } = kindOf(kind)
        return [
          codeSpan(kind),
          means,
          [...new Set([...byRules, otherwise, 'inconclusive'])].map(codeSpan).join(', '),
          expected.map(codeSpan).join(' or '),
        ]
      }),
    ),
    '## Metrics',
    'As `run.json` and `numbers.csv` name them. "Better" says which direction is better, where arms are compared by the metric.',
    table(['metric', 'meaning', 'unit', 'better', 'measured in'], metricRows(metrics)),
  ].join('\n\n') + '\n'

const commandMarkdown = (command: Command, parent: string): string[] => {
  const name = `${parent} ${command.name()}`
  if (command.commands.length > 0)
    return [`### ${name}`, sentence(command.description()), ...command.commands.flatMap((each) => commandMarkdown(each, name))]
  const help = command.createHelp()
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
  const rows = [
    ...help.visibleArguments(command).map((each) => [codeSpan(each.name()), help.argumentDescription(each)]),
    ...options.map((each) => [codeSpan(help.optionTerm(each)), help.optionDescription(each)]),
  ]
  const head = parent === 'lab' ? '###' : '####'
  return [
    `${head} ${name}`,
    `${codeSpan(`${name} ${command.usage()}`)}: ${sentence(command.description())}`,
    ...(rows.length > 0 ? [table(['', ''], rows)] : []),
  ]
}

const metricRows = (metrics: Readonly<Record<string, MetricDefinitions>>): string[][] => {
  const slugs = Object.keys(metrics)
  const definitions: Record<string, MetricDefinition> = Object.assign({}, ...Object.values(metrics))
  return Object.entries(definitions)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, { label, meaning, unit, better }]) => {
      const measuredIn = slugs.filter((slug) => metrics[slug]?.[name] !== undefined)
      const where = measuredIn.length === slugs.length ? 'all' : measuredIn.join(', ')
      return [codeSpan(name), meaning ?? label, unit, better ?? '', where]
    })
}

const sentence = (text: string): string => `${text}.`

/** No column holds numbers alone. */
const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(headings, rows, () => false)
