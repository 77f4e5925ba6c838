// Escapes data in Markdown: text, code and fences.

/** Literal text, also inside a table. */
export const plain = (text: string): string =>
  text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^([#+-]|\d+[.)])(?=\s)/, '\\$1')

const longestTicks = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))

/** A code span; its ticks outnumber those of the text, and a bar does not end a table's cell. */
export const code = (text: string): string => {
  const ticks = '`'.repeat(longestTicks(text) + 1)
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${padding}${text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')}${padding}${ticks}`
}

/** A fenced block; the fence is longer than any in the text. */
export const fence = (text: string, language: string): string => {
  const ticks = '`'.repeat(Math.max(3, longestTicks(text) + 1))
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`
}

/** A table; `right` says which columns hold numbers. Cells are Markdown already. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean,
): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map((_, column) => (right(column) ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

/** A list with a bullet each. */
export const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')
