import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { measuredOf } from '../judge/judge-run.ts'
import { verdictsOf } from '../live/events-of.ts'
import { runVerdict } from '../report/frame/headline.ts'
import { LiveEvent } from '../events/event.ts'
import { throttling } from '../test/fixtures/accepted-runs.ts'
import { openLivePage } from './live-page.ts'

afterEach(() => vi.restoreAllMocks())

/** Opens it, listens to it, and returns what is heard until it ends. */
const opened = async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const page = await openLivePage({ port: 0, seed: throttling.seed, steadyArms: throttling.scenarios[0]?.arms.length ?? 0 })
  const [, address = ''] = /^live: (.+)\n$/.exec(String(said.mock.calls[0]?.[0])) ?? []
  const response = await fetch(`${address}events`)
  const heard = text(response.body as never).then((all) =>
    [...all.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => LiveEvent.parse(JSON.parse(data))),
  )
  return { page, heard, address }
}

const verdicts = throttling.scenarios.flatMap(verdictsOf)

test('verdicts fall when a scenario is measured, and not again at the end, which comes last', async () => {
  const { page, heard, address } = await opened()
  for (const scenario of measuredOf(throttling).scenarios) await page.observer.measured(scenario)
  await page.end(throttling)
  const events = await heard
  expect(events.slice(0, -1)).toMatchObject(verdicts)
  expect(events.at(-1)).toMatchObject({ type: 'run-ends', verdict: runVerdict(throttling).join(' ') })
  await expect(fetch(address), 'nothing is served any more').rejects.toThrow('fetch failed')
})

test('what a run that was cut off measured of a scenario is judged at the end', async () => {
  const { page, heard } = await opened()
  await page.end({ ...throttling, finishedAt: null })
  expect((await heard).map(({ type }) => type)).toEqual([...verdicts.map(({ type }) => type), 'run-ends'])
})

test('a run that did not begin ends, too', async () => {
  const { page, heard } = await opened()
  await page.end(null)
  expect(await heard).toMatchObject([{ type: 'run-ends' }])
})
