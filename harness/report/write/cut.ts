// Truncates text.

/** The text, or as much as fits, preferably up to the end of a word, and then `…`. */
export const cut = (text: string, longest: number): string => {
  if (text.length <= longest) return text
  const room = Math.max(0, longest - 1)
  const kept = text.slice(0, room)
  const atWord = /^.*\s/su.exec(text.slice(0, room + 1))?.[0] ?? ''
  return `${(atWord.length > room * 0.7 ? atWord : kept).trimEnd().replace(/[\ud800-\udbff]$/, '')}…`
}
