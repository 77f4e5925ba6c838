// `npm run errors`: runs the tests that need no cluster, and writes docs/errors.md from the errors that they raise.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import * as z from 'zod'
import { exitCodes, LabError } from '../harness/model/lab-error.ts'
import type { Exit } from '../harness/model/lab-error.ts'
import { cut } from '../harness/report/write/cut.ts'
import { fence } from '../harness/report/write/markdown-text.ts'
import { printable } from '../harness/report/write/printable.ts'
import { raisedErrors } from '../harness/test/fixtures/errors-in-sources.ts'

const root = resolve(import.meta.dirname, '..')
const preload = join(root, 'harness/test/fixtures/record-errors.mjs')

/** `from`: the line of the stack that raised it. */
const Raised = z.object({
  from: z.string(),
  exit: z.enum(Object.keys(exitCodes) as Exit[]),
  what: z.string(),
  why: z.string().optional(),
  evidence: z.array(z.string()).default([]),
  next: z.string().optional(),
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
const printed = ({ what, why = '', evidence, next = '' }: Raised): string => {
  const lines = evidence.flatMap((text) => text.split('\n'))
  const shown = lines.length > mostEvidence ? [...lines.slice(0, mostEvidence), '…'] : lines
  return `lab: ${new LabError(what, { why, evidence: shown, next }).explain().join('\n')}`
    .replaceAll(root, '.')
    .replaceAll(new RegExp(`${tmpdir()}(?:/lab-[\\w.-]+)+`, 'g'), '/tmp/lab')
    .replaceAll(homedir(), '~')
    .split('\n')
    .map((line) => cut(printable(line), longestLine))
    .join('\n')
}

interface Example {
  readonly exit: Exit
  readonly text: string
}

const linesIn = ({ text }: Example): number => text.split('\n').length

/** The one with the most to show, then the shortest, then the first by letters: the same on every machine. */
const best = (raised: readonly Raised[]): Example | undefined =>
  raised
    .map((each) => ({ exit: each.exit, text: printed(each) }))
    .toSorted((a, b) => linesIn(b) - linesIn(a) || a.text.length - b.text.length || a.text.localeCompare(b.text))[0]

const raised = await record()
const sources = await raisedErrors(root)
const examples = sources.map(({ file, what, pattern }) => ({
  file,
  what,
  example: best(raised.filter((each) => each.from.includes(`/${file}:`) && pattern.test(each.what))),
}))
const missing = examples.filter(({ example }) => example === undefined)
if (missing.length > 0) {
  console.error(`no test raised:\n${missing.map(({ file, what }) => `  ${file}: ${what}`).join('\n')}`)
  process.exitCode = 1
}

/** The comment is for the test that compares the page with the sources. */
const section = (exit: Exit): string[] => {
  const blocks = examples
    .flatMap(({ file, example }) => (example?.exit === exit ? [{ file, text: example.text }] : []))
    .toSorted((a, b) => a.text.localeCompare(b.text))
    .map(({ file, text }) => `<!-- ${file} -->\n${fence(text, 'text')}`)
  const { code, meaning } = exitCodes[exit]
  return blocks.length === 0 ? [] : [`## Exit ${code}: ${meaning}`, ...new Set(blocks)]
}

await writeFile(
  join(import.meta.dirname, 'errors.md'),
  `${[
    '# Errors',
    'Every error of the lab, as a test raised it: what went wrong, why, the evidence behind a bar, and what to do next. `npm run errors` writes this page. [Known issues](known-issues.md) explains the frequent ones.',
    ...Raised.shape.exit.options.flatMap(section),
  ].join('\n\n')}\n`,
)
