// What showed the fault, or its absence, quoted as it was recorded.
import type { ArmRun } from '../../model/run.ts'
import { armHeading, asides, code, lead } from '../document/blocks.ts'
import type { Block } from '../document/blocks.ts'
import type { Exhibit } from '../exhibits.ts'
import { isEpisodic } from '../facts/episode.ts'

export const exhibit: Exhibit = {
  order: 90,
  title: 'Proof',
  blocks: (scenario) => [
    lead(`What showed the fault, or its absence, ${isEpisodic(scenario) ? 'in every trial' : 'before its effect was measured'}.`),
    {
      block: 'groups',
      look: 'proofs',
      groups: scenario.arms.map((arm) => ({ heading: armHeading(arm), blocks: [quotes(arm)] })),
    },
  ],
}

/** Each different line once, in the order it was first recorded, with how many trials recorded it. */
const quotes = ({ proof }: ArmRun): Block => {
  const times = Map.groupBy(proof, (line) => line)
  return times.size === 0
    ? { block: 'paragraph', line: 'No proof was recorded.' }
    : {
        block: 'list',
        look: 'quotes',
        items: [...times].map(([line, { length }]) => [code(line), ...asides(length === 1 ? '' : `in ${length} trials`)]),
      }
}
