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
  [/\b(?:goes|go) on\b/, 'continues, runs, resumes'],
  [/\bha(?:s|ve) no say\b/, 'does not affect'],
  [/\b(?:is|was|are|were) told\b/, 'gets, is reported, or a verb with an actor'],
  [/\banew\b/, 'again, or a verb with re-'],
  [/\bsomebody\b(?!['/])/i, 'another user, a process, a client'],
  [/\bnobody (?!used)[a-z]/i, 'no user, or say what is missing'],
  [/\b(?:stands?|stood) still\b/, 'is stopped, paused, blocked'],
  [/\b(?:takes?|taken|took) (?:back|off)\b/, 'reverts, removes'],
  [/\bmends?\b/, 'fixes'],
  [/\ball the while\b/, 'throughout'],
  [/\bgives? way\b/, 'shrinks, is dropped'],
  [/\bfares? alike\b/, 'has the same history'],
  [/\bto the letter\b/, 'literally'],
  [/\bthrows nothing\b/, 'never throws'],
  [/\bwhat (?:is|was) said of\b/i, 'texts about'],
  [/\bwhat people try\b/i, 'a common attempt'],
  [/\btake home\b/, 'remember'],
  [/\bhas the last word\b/, 'decides'],
  [/\bcarry an answer\b/, 'the evidence is not enough'],
  [/\bmade as (?:it|they) w(?:as|ere)\b/, 'restored'],
  [/\bthe other way (?:a?round)\b/, 'vice versa, or the reverse'],
  [/\bspeaks against\b/, 'prevents'],
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
