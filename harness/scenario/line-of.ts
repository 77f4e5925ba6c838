// The line of a value in a scenario file, for errors.

/** Line of a value in the file's text; if it is missing, or comes from elsewhere, the line of its parent. */
export const lineOf = (source: string, path: readonly PropertyKey[]): number => {
  let at = Math.max(0, source.indexOf('export default'))
  for (const part of path) {
    const found = placeOf(part, source, at)
    if (found === undefined) break
    at = found
  }
  return source.slice(0, at).split('\n').length
}

const tokens = /\/\/.*|\/\*[^]*?\*\/|(['"`])(?:\\.|(?!\1)[^\\])*\1|[\w$]+|[[\]{}(),:]/g

/** Position of a key of the first object after a place, or of an element of the first list. */
const placeOf = (part: PropertyKey, source: string, from: number): number | undefined => {
  let depth = 0
  let element = 0
  let begins = false // a key, or an element
  for (const { 0: token, index } of source.slice(from).matchAll(tokens)) {
    if (token.startsWith('/') || (depth === 0 && token === '(')) continue
    if (begins && (element === part || token.replace(/^['"`]|['"`]$/g, '') === part)) return from + index
    if ('[{('.includes(token)) depth += 1
    if (']})'.includes(token)) depth -= 1
    if (depth <= 0 && ',]})'.includes(token)) return undefined
    begins = depth === 1 && ',[{('.includes(token)
    if (begins && token === ',') element += 1
  }
  return undefined
}
