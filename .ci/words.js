// Refuses idioms and inverted phrases in code, messages and docs, and says what to write instead.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Each phrase, and what to write instead. */
const refused = [
  [/\b(?:is|are) meant to\b/, 'must, or say what it does'],
  [/\bmakes? way\b/, 'is replaced'],
  [/\bnothing shows that\b/, 'the lab cannot tell whether'],
  [/\bis no reason (?:not )?to\b/, 'does not stop'],
  [/\bwithout a word\b/, 'silently'],
  [/\bin vain\b/, 'without success'],
  [/\bin the end\b/, 'at the end'],
  [/\bgoing on\b/, 'running'],
  [/\b(?:came|come) about\b/, 'occurred'],
  [/\b(?:could|can)(?:not)? be told\b/, 'has no answer, or is known'],
  [/\bwhat (?:is|was) to be\b/, 'what must be, or a verb with an actor'],
  [/\bare of use\b/, 'it can use'],
  [/\b(?:is|was|are) (?:not )?believed\b/, 'is trusted'],
  [/\bmade anew\b/, 'recreated, or a new one'],
  [/\bshall\b/, 'must'],
  [/\bwhoever\b/i, 'the caller, the reader, a client'],
  [/\bmoods?\b/, 'drift, or noise'],
  [/\btakes? off\b/, 'removes'],
]

const read = ['*.ts', '*.js', '*.md']
const left = [
  ':!.ci/words.js',
  ':!reports', // generated
  ':!harness/test/fixtures',
  ':!scenarios', // exercises are stories, told to a learner
  ':!workloads', // a word in a comment would rebuild an image
]
const files = execFileSync('git', ['ls-files', ...read, ...left], { encoding: 'utf8' })
  .trim()
  .split('\n')
const found = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      refused.flatMap(([phrase, instead]) =>
        (line.match(phrase) ?? []).map((said) => `${file}:${index + 1}: "${said}": write "${instead}"\n  ${line.trim()}`),
      ),
    ),
)
if (found.length > 0) {
  console.error(found.join('\n'))
  process.exitCode = 1
}
