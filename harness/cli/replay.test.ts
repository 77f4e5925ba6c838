import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRun } from '../judge/read-run.ts'
import { lab, labHere, root } from '../test/fixtures/lab-command.ts'
import { LiveEvent } from '../events/event.ts'
import { eventsOf } from '../live/events-of.ts'

const accepted = 'reports/accepted/cpu-limit-throttling'

test('--json prints every event as a line of JSON, in order, and ends', async () => {
  const { exitCode, stdout } = await labHere('replay', accepted, '--json')
  expect(exitCode).toBe(0)
  expect(stdout.split('\n').map((line) => LiveEvent.parse(JSON.parse(line)))).toEqual(
    eventsOf(await readRun(join(root, accepted, 'run.json'))),
  )
})

test('it says where the page is, serves it until Ctrl-C, and ends with 130', async () => {
  const running = lab('replay', accepted)
  const [said] = (await once(running.stdout, 'data')) as [Buffer]
  const page = await (await fetch(String(said).split('\n')[0] ?? '')).text()
  expect(page).toContain('data-speed="20"')
  running.kill('SIGINT')
  expect((await running).exitCode).toBe(130)
})

test('what is no run is exit 2, with the words of `lab judge`', async () => {
  const [replayed, judged] = [await labHere('replay', 'package.json'), await labHere('judge', 'package.json')]
  expect(replayed).toMatchObject({ exitCode: 2, stderr: judged.stderr })
})

test.each([
  ['--speed', '0', 'a number from 0.1 to 1000'],
  ['--port', '70000', 'a whole number from 0 to 65535'],
])('%s %s is exit 2, and says what it has to be', async (flag, text, wanted) => {
  const { exitCode, stderr } = await labHere('replay', accepted, flag, text)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(wanted)
})
