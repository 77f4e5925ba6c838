// The incident's manifests, the differences of each arm, and the files applied during an episode.
import { armOfKind } from '../../model/arm-kind.ts'
import type { Element, Line } from '../document/elements.ts'
import { armPiece, aside, lead } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { episodeFiles } from '../write/episode-method-words.ts'

export const exhibit: Exhibit = {
  order: 100,
  title: 'Manifests and differences',
  elements: (scenario) => {
    const incident = armOfKind(scenario, 'incident')
    const { episode } = scenario.method
    return [
      lead('The incident arm uses these manifests unchanged; each other arm adds the difference shown.'),
      ...scenario.manifests.map(({ file, text }) =>
        folded([...(incident === undefined ? [] : [armPiece(incident)]), { piece: 'file', text: file }], text),
      ),
      ...scenario.arms.flatMap((arm) =>
        arm.differences.map(({ file, appliedAt, text }) =>
          folded(
            [armPiece(arm), { piece: 'file', text: file }, aside(applied[appliedAt])],
            text,
            appliedAt === 'loaded' ? 'bash' : 'yaml',
          ),
        ),
      ),
      ...(episode === null
        ? []
        : episodeFiles(episode).map(({ name, uses, content, language }) =>
            folded([{ piece: 'file', text: name }, aside(uses.join('; '))], content, language),
          )),
    ]
  },
}

const applied = {
  deploy: 'part of the arm from the start',
  connected: 'applied once the load is connected',
  loaded: 'run under load',
}

const folded = (summary: Line, text: string, language: 'yaml' | 'bash' = 'yaml'): Element => ({
  element: 'details',
  summary,
  elements: [{ element: 'code', text, language }],
})
