import { expect, test } from 'vitest'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { cpuWords } from './host-words.ts'

test('the CPU of a cost is named with its frequency where the run knows it', () => {
  const { environment } = exampleRun()
  const on = (cpuMhz?: number): string =>
    cpuWords({ environment: { ...environment, host: { ...environment.host, cpuModel: 'AMD EPYC', ...(cpuMhz && { cpuMhz }) } } })
  expect([on(), on(2450)]).toEqual(['2 × AMD EPYC', '2 × AMD EPYC at 2.45\u00a0GHz'])
})
