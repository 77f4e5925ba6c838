// The parts that the top of any page has.
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** Whose page it is. */
export const brand = markup`<p class="brand">Kubernetes incident lab</p>`

/** A title of more characters is set smaller. */
const longTitle = 160

export const heading = (title: string): Markup =>
  markup`<h1${title.length > longTitle ? markup` class="long"` : null}>${title}</h1>`

export const factList = (lines: readonly string[]): Markup =>
  markup`<ul class="facts">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`
