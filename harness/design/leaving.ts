// Which trials of a design are left to measure: an arm whose verdict is decided at a look leaves.
import type { Design, PlannedTrial } from '../model/design.ts'
import { blocksIn } from './design.ts'

interface Asked {
  /** The arms whose verdict is decided by this many blocks. Called at each look but the last, when the block before it is measured. */
  readonly decided: (blocks: number) => ReadonlySet<string>
  /** Whether a block that begins now ends in time. The blocks of the first look are measured in any case. */
  readonly isInTime: (block: readonly PlannedTrial[]) => boolean
}

/** The blocks of a design one after the other, each without the arms that have left by then; ends when all have, or when time is up. */
export const blocksLeft = function* (design: Design, { decided, isInTime }: Asked): Generator<readonly PlannedTrial[], void> {
  let gone: ReadonlySet<string> = new Set()
  const firstLook = design.looks[0]?.blocks ?? 0
  for (const [index, block] of blocksIn(design).entries()) {
    if (design.looks.some(({ blocks }) => blocks === index)) gone = new Set([...gone, ...decided(index)])
    const staying = block.filter(({ arm }) => !gone.has(arm))
    if (staying.length === 0 || (index >= firstLook && !isInTime(staying))) return
    yield staying
  }
}
