// What is said of scenarios that this cluster cannot show: that they were skipped, and why; never that they passed.
import type { Run } from '../../model/run.ts'
import type { Element } from '../document/elements.ts'

/** `1 scenario skipped`; null when none was. */
export const skippedWords = ({ skipped }: Pick<Run, 'skipped'>): string | null =>
  skipped.length === 0 ? null : `${skipped.length} ${skipped.length === 1 ? 'scenario' : 'scenarios'} skipped`

/** What being skipped means. */
export const skippedMeaning = 'Skipped is not passed: nothing was measured, and nothing is known of it on this cluster.'

/** What was skipped, and why; none when nothing was. */
export const skippedElements = ({ skipped }: Run): Element[] =>
  skipped.length === 0
    ? []
    : [
        { element: 'paragraph', line: skippedMeaning },
        {
          element: 'list',
          items: skipped.map(({ slug, title, reason }) => [
            { piece: 'badge', look: '', symbol: '⊘', word: 'skipped' },
            { piece: 'strong', text: title },
            `(${slug}): ${reason}`,
          ]),
        },
      ]
