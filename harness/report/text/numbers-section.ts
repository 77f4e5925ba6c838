// Every metric of a scenario in Markdown: a row per arm, with unit, observations, interval and the range of the blocks.
import type { ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from '../numbers/episode.ts'
import { allMetrics } from '../numbers/key-metrics.ts'
import { blockRange, intervalText, metricFigure } from '../numbers/metric-display.ts'
import { figure } from '../numbers/quantity.ts'
import { code, plain, table } from './markdown-text.ts'

/** The table of all numbers. */
export const numbersSection = (scenario: ScenarioRun): string =>
  table(
    [
      'metric',
      'arm',
      'value',
      'unit',
      'n',
      '95 % interval',
      `min–max of ${isEpisodic(scenario) ? 'episodes' : 'blocks'}`,
      'combined',
    ],
    allMetrics(scenario).flatMap((name) =>
      scenario.arms.flatMap((arm) => {
        const metric = arm.metrics[name]
        if (metric === undefined) return []
        return [
          [
            code(name),
            plain(arm.name),
            metricFigure(name, metric),
            plain(metric.unit),
            figure(metric.n, 'requests'),
            intervalText(name, metric) || '—',
            blockRange(name, metric) || '—',
            `${metric.combined} of ${metric.blocks.length}`,
          ],
        ]
      }),
    ),
    (column) => column === 2 || (column > 3 && column < 7),
  )
