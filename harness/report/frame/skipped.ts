// Texts about skipped scenarios, which this cluster cannot run: the reason; never a pass.
import type { Run } from '../../model/run.ts'
import type { Element } from '../document/elements.ts'

/** `1 scenario skipped`; null when none was. */
export const skippedWords = ({ skipped }: Pick<Run, 'skipped'>): string | null =>
  skipped.length === 0 ? null : `${skipped.length} ${skipped.length === 1 ? 'scenario' : 'scenarios'} skipped`

/** Meaning of skipped. */
export const skippedMeaning = 'Skipped is not passed: it was not measured, so its result on this cluster is unknown.'

/** Skipped scenarios and the reasons; empty if none. */
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
