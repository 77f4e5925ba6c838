// Texts for places that refuse long ones, such as a pull request: less and less of it, until it fits.

/** Such a text is shorter than this many characters, whatever it tells of. */
export const limit = 10_000

/** The first text that is short enough, from the room for everything on; each is written only when those before it were too long. Undefined: none is. */
export const fitting = <Room>(rooms: readonly Room[], write: (room: Room) => string): string | undefined => {
  for (const room of rooms) {
    const text = write(room)
    if (text.length < limit) return text
  }
  return undefined
}
