// The contents of a page: its headings as sticky links, and the link to the index.
import { markup, Markup } from '../write/page/markup.ts'

const heading = /<h2 id="([^"]+)"[^>]*>([^<]+)<\/h2>/g

/** Links to all second headings of a page that have an id; `index` is the file of the page that leads here, null: there is none. */
export const contents = (body: Markup, index: string | null): Markup => markup`
<nav class="contents" aria-label="Contents"><ul>${index === null ? null : markup`<li class="back"><a href="${index}">← all scenarios</a></li>`}${[
  ...body.text.matchAll(heading),
].map(([, id = '', words = '']) => markup`<li><a href="#${new Markup(id)}">${new Markup(words)}</a></li>`)}</ul></nav>`
