// Proof of the fault, or of its absence, quoted as recorded.
import type { ArmRun } from '../../model/run.ts'
import { armHeading, asides, code, lead } from '../document/elements.ts'
import type { Element } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { isEpisodic } from '../facts/episode.ts'

export const exhibit: Exhibit = {
  order: 90,
  title: 'Proof',
  elements: (scenario) => [
    lead(`Proof of the fault, or of its absence, ${isEpisodic(scenario) ? 'in every trial' : 'before its effect was measured'}.`),
    {
      element: 'groups',
      look: 'proofs',
      groups: scenario.arms.map((arm) => ({ heading: armHeading(arm), elements: [quotes(arm)] })),
    },
  ],
}

/** Distinct lines in the order of first recording, with the number of trials. */
const quotes = ({ proof }: ArmRun): Element => {
  const times = Map.groupBy(proof, (line) => line)
  return times.size === 0
    ? { element: 'paragraph', line: 'No proof was recorded.' }
    : {
        element: 'list',
        look: 'quotes',
        items: [...times].map(([line, { length }]) => [code(line), ...asides(length === 1 ? '' : `in ${length} trials`)]),
      }
}
