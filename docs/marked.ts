// A generated part of a page that is otherwise written by hand: what stands between two comments.

/** The page with `text` between the two comments. Throws if it lacks one of them. */
export const withMarked = (page: string, [begin, end]: readonly [begin: string, end: string], text: string): string => {
  const [before, rest] = page.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined) throw new Error(`the page needs ${begin} and ${end}`)
  return [before, begin, '\n', text, '\n', end, after].join('')
}
