// Draws a plot without a browser and hands it over as inline SVG with a title and a description for screen readers.
import { plot } from '@observablehq/plot'
import type { PlotOptions } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { Markup } from '../page/markup.ts'

/** What a picture says, for those who do not see it. `id` is unique on the page. */
export type Described = { readonly id: string; readonly title: string; readonly description: string; readonly className: string }

/** The plot as SVG. Its colours are CSS custom properties, so the page decides on light or dark. */
export const plotSvg = (described: Described, options: PlotOptions): Markup => {
  const { document } = parseHTML('<html><body></body></html>')
  const svg = plot({ ...options, document, className: 'plot' })
  svg.querySelector('style')?.remove()
  svg.setAttribute('class', `plot ${described.className}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-labelledby', `${described.id}-title ${described.id}-desc`)
  for (const name of ['desc', 'title'] as const) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    element.setAttribute('id', `${described.id}-${name}`)
    element.textContent = name === 'title' ? described.title : described.description
    svg.prepend(element)
  }
  return new Markup(svg.outerHTML)
}
