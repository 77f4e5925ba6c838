// The first screen of a scenario: what broke, what fixes it, its cost, how far to trust it; and three small pictures.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import { isValid } from '../../model/trial.ts'
import { armPiece, aside, asides, labelOf, list } from '../document/elements.ts'
import type { Element, Line, Section } from '../document/elements.ts'
import { briefCosts } from '../exhibit/costs.ts'
import { isEpisodic } from '../facts/episode.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { capital } from '../write/capital.ts'
import { measuredOn } from '../write/host-words.ts'
import { failuresFigure, figureColumn, figureOfMetric, recoveryFigure } from '../write/key-figures.ts'
import type { KeyFigure } from '../write/key-figures.ts'
import { noiseSentence, spreadSentence } from '../write/uncertainty-words.ts'
import { agreement, subline } from './headline.ts'
import { sampleSize } from './sample-size.ts'
import { tiles } from './tiles.ts'

export const answersSection = (scenario: ScenarioRun, run: Pick<Run, 'mode' | 'environment'>): Section => ({
  id: `${scenario.slug}-answers`,
  title: 'In short',
  isWide: true,
  elements: [
    {
      element: 'groups',
      look: 'answers',
      groups: [
        { heading: 'What broke', elements: [...broke(scenario), said(scenario.story)] },
        { heading: 'What fixes it', elements: fixes(scenario) },
        { heading: 'What it costs', elements: costs(scenario, run) },
        { heading: 'Can I trust it?', elements: trust(scenario, run.mode) },
      ],
    },
    ...tiles(scenario),
  ],
})

const said = (line: Line): Element => ({ element: 'paragraph', line })

/** The metric that the scenario is judged by first; empty: none was measured. */
const decisive = (scenario: ScenarioRun): string[] => keyMetrics(scenario).slice(0, 1)

const brokeFigures = (scenario: ScenarioRun): KeyFigure[] => [
  ...decisive(scenario).map((name) => figureOfMetric(scenario, name)),
  ...(isEpisodic(scenario) ? [recoveryFigure(scenario)] : []),
  failuresFigure(scenario),
]

/** `top share: 100 %, healthy 34.1 %`. */
const broke = (scenario: ScenarioRun): Element[] => {
  const [control, incident] = [armOfKind(scenario, 'control'), armOfKind(scenario, 'incident')]
  const lines = brokeFigures(scenario).flatMap((figure, index): Line[] => {
    const [broken, healthy] = [incident, control].map((arm) => arm && figure.of(arm)?.shown)
    if (broken === undefined || (index > 0 && broken === healthy)) return []
    return [
      [
        `${labelOf(figureColumn(figure))}:`,
        { piece: 'strong', text: broken },
        ...(healthy === undefined ? [] : [aside(`healthy: ${healthy}`)]),
      ],
    ]
  })
  return lines.length === 0 ? [said('The incident was not measured.')] : list(lines)
}

const fixesOf = ({ arms }: ScenarioRun): ArmRun[] => arms.filter(({ verdict }) => verdict === 'fixed')

const fixes = (scenario: ScenarioRun): Element[] => {
  const others = subline(scenario)
  return [
    ...(fixesOf(scenario).length === 0
      ? [said('None of the measured remedies.')]
      : list(fixesOf(scenario).map((arm) => [armPiece(arm), aside(arm.summary)]))),
    ...(others === '' ? [] : [said(others)]),
  ]
}

/** Number of costs on the first screen; the rest is in a separate table. */
const fewest = 2

const costs = (scenario: ScenarioRun, run: Pick<Run, 'environment'>): Element[] => {
  const fixing = fixesOf(scenario)
  if (fixing.length === 0) return [said('—')]
  const measured = fixing.map((arm) => ({ arm, figures: briefCosts(scenario, arm).slice(0, fewest) }))
  return [
    ...list(
      measured.map(({ arm, figures }) => [
        armPiece(arm),
        ...asides(...figures, ...arm.costs.slice(0, figures.length === 0 ? fewest : 1)),
      ]),
    ),
    ...(measured.every(({ figures }) => figures.length === 0) ? [] : [said(measuredOn(run))]),
  ]
}

const trust = (scenario: ScenarioRun, mode: Run['mode']): Element[] => {
  const invalid = scenario.trials.filter((trial) => !isValid(trial)).length
  const spread = spreadSentence(scenario, decisive(scenario))
  return [
    said({ piece: 'strong', text: `${agreement({ scenarios: [scenario] })}.` }),
    said(`${capital(sampleSize(scenario, mode))}.`),
    ...[
      ...[noiseSentence(scenario), spread].filter((sentence) => sentence !== ''),
      ...(invalid === 0 ? [] : [`${invalid} of ${scenario.trials.length} trials are invalid: see Method.`]),
    ].map(said),
  ]
}
