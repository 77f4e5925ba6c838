// A comparison as lines for a terminal.
import type { RunDiff } from '../../diff/run-diff.ts'
import { lead } from '../../report/document/elements.ts'
import { elementsText, sectionsText } from '../../report/document/terminal.ts'
import { diffSections } from './document.ts'
import { headline } from './headline.ts'

/** Lines without line breaks, the answer first; none is longer than fits `columns`, see `lineWidth`. */
export const diffText = (diff: RunDiff, columns: number | undefined): string[] => [
  ...elementsText([lead(headline(diff))], columns),
  '',
  ...sectionsText(diffSections(diff), columns),
]
