// `npm run errors`: runs the tests that need no cluster, and writes docs/errors.md from the errors that they raise.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import * as z from 'zod'
import { exitCodes } from '../harness/model/lab-error.ts'
import { cut } from '../harness/report/write/cut.ts'
import { fence } from '../harness/report/write/markdown-text.ts'
import { printable } from '../harness/report/write/printable.ts'
import { raisedErrors } from '../harness/test/fixtures/errors-in-sources.ts'

const root = resolve(import.meta.dirname, '..')
const preload = join(root, 'harness/test/fixtures/record-errors.mjs')

/** `from`: the line of the stack that raised it. */
const Raised = z.object({
  from: z.string(),
  exit: z.enum(Object.keys(exitCodes) as (keyof typeof exitCodes)[]),
  lines: z.array(z.string()),
})
type Raised = z.infer<typeof Raised>

/** Every error that a test raised. The page is written even if a test failed. */
const record = async (): Promise<Raised[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-errors-'))
  try {
    const file = join(folder, 'raised.jsonl')
    await writeFile(file, '')
    await execa('vitest', ['run', '--project', 'hermetic', ...process.argv.slice(2)], {
      cwd: root,
      preferLocal: true,
      stdio: 'inherit',
      reject: false,
      env: { NODE_OPTIONS: `--import ${preload}`, RAISED_ERRORS: file },
    })
    const text = await readFile(file, 'utf8')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => Raised.parse(JSON.parse(line)))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Evidence can be long. */
const [mostEvidence, longestLine] = [3, 200]

/** What it prints, without what only this machine has. */
const printed = ({ lines }: Raised): string => {
  const evidence = lines.filter((line) => line.startsWith('  | '))
  const kept = lines.filter((line) => !line.startsWith('  | ') || evidence.indexOf(line) < mostEvidence)
  const text = kept.flatMap((line) =>
    line === evidence[mostEvidence - 1] && evidence.length > mostEvidence ? [line, '  | …'] : [line],
  )
  return ['lab: ', ...text]
    .join('\n')
    .replace('\n', '')
    .replaceAll(root, '.')
    .replaceAll(new RegExp(`${tmpdir()}(?:/lab-[\\w.-]+)+`, 'g'), '/tmp/lab')
    .replaceAll(homedir(), '~')
    .split('\n')
    .map((line) => cut(printable(line), longestLine))
    .join('\n')
}

/** The one with the most to show, then the shortest, then the first by letters: the same on every machine. */
const best = (examples: readonly Raised[]): string | undefined =>
  examples
    .map(printed)
    .toSorted((a, b) => b.split('\n').length - a.split('\n').length || a.length - b.length || a.localeCompare(b))[0]

const raised = await record()
const sources = await raisedErrors(root)
const examples = sources.map(({ file, pattern }) => {
  const own = raised.filter(({ from, lines }) => from.includes(`/${file}:`) && pattern.test(lines[0] ?? ''))
  return { example: best(own), exit: own[0]?.exit }
})
const missing = sources.filter((_, index) => examples[index]?.example === undefined)
if (missing.length > 0) {
  console.error(`no test raised:\n${missing.map(({ file, what }) => `  ${file}: ${what}`).join('\n')}`)
  process.exitCode = 1
}

const section = (exit: Raised['exit']): string[] => {
  const own = new Set(examples.flatMap((each) => (each.exit === exit && each.example !== undefined ? [each.example] : [])))
  const { code, meaning } = exitCodes[exit]
  return own.size === 0
    ? []
    : [`## Exit ${code}: ${meaning}`, ...[...own].toSorted((a, b) => a.localeCompare(b)).map((text) => fence(text, 'text'))]
}

await writeFile(
  join(import.meta.dirname, 'errors.md'),
  `${[
    '# Errors',
    'Every error of the lab, as a test raised it: what went wrong, why, the evidence behind a bar, and what to do next. `npm run errors` writes this page. [Known issues](known-issues.md) explains the frequent ones.',
    ...Raised.shape.exit.options.flatMap(section),
  ].join('\n\n')}\n`,
)
