// Draws a plot without a browser, as inline SVG with a title and a description for screen readers.
import { plot } from '@observablehq/plot'
import type { PlotOptions } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { Markup } from './markup.ts'

/** Description of a picture for screen readers. `id` is unique on the page. */
export type Described = { readonly id: string; readonly title: string; readonly description: string; readonly className: string }

const geometry = ['transform', 'd', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height']

/** Two decimals of a pixel: enough to draw, and the same from every engine's logarithm. */
const rounded = (value: string): string => value.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))))

type Attributed = { getAttribute(name: string): string | null; setAttribute(name: string, value: string): void }

const round = (element: Attributed): void => {
  for (const name of geometry) {
    const value = element.getAttribute(name)
    if (value !== null) element.setAttribute(name, rounded(value))
  }
}

/** The plot as SVG. Its colours are CSS custom properties, so the page decides on light or dark. */
export const plotSvg = (described: Described, options: PlotOptions): Markup => {
  const { document } = parseHTML('<html><body></body></html>')
  const svg = plot({ ...options, document, className: 'plot' })
  svg.querySelector('style')?.remove()
  svg.setAttribute('class', `plot ${described.className}`)
  svg.setAttribute('role', 'img')
  for (const named of svg.querySelectorAll('g[aria-label]')) named.removeAttribute('aria-label') // a group has no role, so it may have no name
  svg.setAttribute('aria-labelledby', `${described.id}-title ${described.id}-desc`)
  for (const name of ['desc', 'title'] as const) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    element.setAttribute('id', `${described.id}-${name}`)
    element.textContent = name === 'title' ? described.title : described.description
    svg.prepend(element)
  }
  svg.querySelectorAll('*').forEach(round)
  return new Markup(svg.outerHTML)
}
