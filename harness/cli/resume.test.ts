import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measuredOf } from '../judge/judge-run.ts'
import { contentOf } from '../measure/content.ts'
import { journalName } from '../model/journal-line.ts'
import type { JournalLine } from '../model/journal-line.ts'
import type { MeasuredScenario } from '../model/run.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { resumed } from './resume.ts'

const [loaded] = await chooseScenarios(['http2-hot-pod'])
const arms = ['control', 'incident']

/** A folder with the journal of a run that was cut off, of the scenario as it was then. */
const cutOff = async (change: (now: MeasuredScenario) => Partial<MeasuredScenario>): Promise<string> => {
  if (!loaded) throw new Error('there is no http2-hot-pod')
  const { scenarios: _, ...head } = measuredOf(exampleRun())
  const now = await contentOf(loaded, arms, head.mode)
  const plan = { scenarios: [{ folder: loaded.folder, arms }], blocks: null, untilSettled: false, skipUnfit: false }
  const lines: JournalLine[] = [{ run: { ...head, finishedAt: null }, plan }, { scenario: { ...now, ...change(now) } }]
  const folder = await mkdtemp(join(tmpdir(), 'lab-run-'))
  await writeFile(join(folder, journalName), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return folder
}

test('a run whose scenario is as it was is resumed with its own settings, and all of it is left', async () => {
  const { options, left } = await resumed(await cutOff(() => ({})))
  expect(options).toMatchObject({ seed: exampleRun().seed, mode: exampleRun().mode, earlier: { finishedAt: null } })
  expect(left.map(({ arms: of }) => of)).toEqual([arms])
})

test('a run whose scenario has changed since is not resumed, and each part that changed is named', async () => {
  const edited = ({ manifests }: MeasuredScenario): Partial<MeasuredScenario> => ({
    manifests: manifests.flatMap(({ file, text }) =>
      file === 'manifests/client.yaml' ? [] : [{ file, text: file === 'manifests/server.yaml' ? 'kind: Pod' : text }],
    ),
  })
  await expect(cutOff(edited).then(resumed)).rejects.toMatchObject({
    message: 'The run cannot be resumed: its scenarios have changed since',
    exit: 'usage',
    details: {
      evidence: ['http2-hot-pod: manifests/server.yaml', 'http2-hot-pod: manifests/client.yaml'],
      next: expect.stringContaining('`lab judge`') as unknown,
    },
  })
})
