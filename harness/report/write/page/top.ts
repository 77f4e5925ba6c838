// The top of a page.
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The brand line. */
export const brand = markup`<p class="brand">Kubernetes incident lab</p>`

/** A longer title gets a smaller font. */
const longTitle = 160

export const heading = (title: string): Markup =>
  markup`<h1${title.length > longTitle ? markup` class="long"` : null}>${title}</h1>`

export const factList = (lines: readonly string[]): Markup =>
  markup`<ul class="facts">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`
