// Moves overlapping labels apart, as little as needed and within the frame.

type Placed<Label> = { readonly label: Label; readonly wantedPx: number; readonly atPx: number }

const downwards = <Label>(sorted: readonly { label: Label; wantedPx: number }[], gapPx: number): Placed<Label>[] => {
  const placed: Placed<Label>[] = []
  for (const { label, wantedPx } of sorted) {
    const before = placed.at(-1)
    placed.push({ label, wantedPx, atPx: before === undefined ? wantedPx : Math.max(wantedPx, before.atPx + gapPx) })
  }
  return placed
}

const upwards = <Label>(placed: readonly Placed<Label>[], gapPx: number, bottomPx: number): Placed<Label>[] => {
  const lifted: Placed<Label>[] = []
  let limitPx = bottomPx
  for (const one of placed.toReversed()) {
    const atPx = Math.min(one.atPx, limitPx)
    lifted.unshift({ ...one, atPx })
    limitPx = atPx - gapPx
  }
  return lifted
}

/** Places labels at least `gapPx` apart, close to their preferred positions, above `bottomPx`; y grows downwards. */
export const spreadLabels = <Label>(
  labels: readonly Label[],
  wanted: (label: Label) => number,
  gapPx: number,
  bottomPx: number,
): Placed<Label>[] => {
  const sorted = labels.map((label) => ({ label, wantedPx: wanted(label) })).toSorted((a, b) => a.wantedPx - b.wantedPx)
  return upwards(downwards(sorted, gapPx), gapPx, bottomPx)
}
