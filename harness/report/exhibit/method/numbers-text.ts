// Every metric of a scenario in Markdown: a row per arm, with unit, observations, interval and the range of the blocks.
import type { ScenarioRun } from '../../../model/run.ts'
import { isEpisodic } from '../../facts/episode.ts'
import { allMetrics } from '../../facts/key-metrics.ts'
import { lowerBound } from '../../write/arm-value.ts'
import { blockRange, intervalText, metricFigure } from '../../write/metric-words.ts'
import { figure } from '../../write/quantity.ts'
import { code, plain, table } from '../../write/markdown-text.ts'

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
            `${lowerBound(scenario, arm, name)}${metricFigure(scenario, name, metric)}`,
            plain(metric.unit),
            figure(metric.n, 'requests'),
            intervalText(scenario, name, metric) || '—',
            blockRange(scenario, name, metric) || '—',
            `${metric.combined} of ${metric.blocks.length}`,
          ],
        ]
      }),
    ),
    (column) => column === 2 || (column > 3 && column < 7),
  )
