// Writes HTML with all data escaped: only template literals in the code can contain tags.

/** HTML from the code, or escaped data. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Values in a template: strings are escaped, markup is not, lists are joined, null is empty. */
type Written = string | number | null | Markup | readonly Written[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

const written = (value: Written): string => {
  if (value === null) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escaped(value)
  return typeof value === 'number' ? String(value) : value.map(written).join('')
}

/** A piece of HTML: ``markup`<p>${fromData}</p>` ``. */
export const markup = (strings: TemplateStringsArray, ...values: readonly Written[]): Markup =>
  new Markup(strings.map((string, index) => string + written(values[index] ?? null)).join(''))
