import { expect, test } from 'vitest'
import type { MetricDefinitions } from '../model/metric.ts'
import { findProbes } from '../probe/kit/find-probe.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { referenceMarkdown } from '../cli/reference.ts'
import { program } from '../cli/run-lab.ts'

test('docs/reference.md has every command, flag, exit code, verdict and metric as the code has them (vitest -u writes it)', async () => {
  const metrics: Record<string, MetricDefinitions> = {}
  for (const { scenario, folder } of await loadScenarios())
    metrics[scenario.slug] = Object.assign({}, ...(await findProbes(scenario.probes, folder)).map((probe) => probe.metrics))
  await expect(referenceMarkdown(await program(), metrics)).toMatchFileSnapshot('../../docs/reference.md')
})
