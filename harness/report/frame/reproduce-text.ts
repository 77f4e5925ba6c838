// How to repeat the run, and its numbers, in Markdown.
import type { Run } from '../../model/run.ts'
import { bullets, fence, plain } from '../write/markdown-text.ts'
import { reportLinks } from './links.ts'
import { noCommandWords, reproduceCommand, reproduceTerms } from './reproduce.ts'

/** A heading, the command, what it ran with, and links. */
export const reproduceSection = (run: Run): string[] => {
  const command = reproduceCommand(run)
  return [
    '## Reproduce this',
    command === null ? noCommandWords : fence(command, 'sh'),
    bullets(reproduceTerms(run).map(([term, words]) => `**${term}**: ${plain(words)}`)),
    `Beside this file: ${reportLinks.map(({ file, holds }) => `[${file}](${file}) (${holds})`).join(', ')}.`,
  ]
}
