// Shortens texts step by step until they fit, for places with a length limit such as a pull request.

/** The length limit in characters. */
export const limit = 10_000

/** The first text that is short enough, longest first; renders the next one only if needed. Undefined: none. */
export const fitting = <Room>(rooms: readonly Room[], write: (room: Room) => string): string | undefined => {
  for (const room of rooms) {
    const text = write(room)
    if (text.length < limit) return text
  }
  return undefined
}
