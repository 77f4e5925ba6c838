// The post-mortems and documentation behind a scenario.
import type { Exhibit } from '../exhibits.ts'

export const exhibit: Exhibit = {
  order: 120,
  title: 'Sources',
  elements: ({ sources }) =>
    sources.length === 0
      ? []
      : [
          {
            element: 'list',
            look: 'sources',
            items: sources.map((to) =>
              scheme.test(to) ? { piece: 'link', to, text: to.replace(scheme, '').replace(/\/$/, '') } : to,
            ),
          },
        ],
}

const scheme = /^https?:\/\//
