import { execa } from 'execa'
import { expect, test } from 'vitest'

const file = (name: string): string => JSON.stringify(`${import.meta.dirname}/${name}`)
const printedBy = (program: string) => execa('node', ['--input-type=module', '--eval', program], { preferLocal: true })

test('progress is printed on standard error: what is printed as JSON stays JSON', async () => {
  const program = `import { makeStep } from ${file('progress.ts')}; await makeStep()('make it', async () => {}); console.log('{}')`
  const { stdout, stderr } = await printedBy(program)
  expect(stdout).toBe('{}')
  expect(stderr).toContain('make it')
})

test('on a machine three times as slow no line of a log says that more time has passed than all of it takes', async () => {
  const { stderr } = await printedBy(`
    import { startClock } from ${file('clock.ts')}
    import { makeStep } from ${file('progress.ts')}
    let now = 0
    const step = makeStep(startClock({ seconds: 600, floorSeconds: 0, unannouncedSeconds: 0 }, () => now))
    for (const seconds of [30, 420, 60, 90]) await step('build it', async () => { now += 3 * seconds * 1000 }, { seconds })
    await step('end', async () => {})`)
  expect([...new Set(stderr.match(/\d+:\d\d of about \d+:\d\d min/g))]).toEqual([
    '0:00 of about 10:00 min',
    '1:30 of about 20:30 min',
    '22:30 of about 29:41 min',
    '25:30 of about 29:50 min',
    '30:00 of about 30:00 min',
  ])
})

test('in a log the line that begins a step and the one that ends it each have the time of their moment', async () => {
  const { stderr } = await printedBy(`
    import { startClock } from ${file('clock.ts')}
    import { makeStep } from ${file('progress.ts')}
    let now = 0
    const step = makeStep(startClock({ seconds: 60, floorSeconds: 0, unannouncedSeconds: 0 }, () => now))
    await step('build it', async () => { now += 60_000 }, { seconds: 60 })`)
  expect(stderr.split('\n').map((line) => line.replace(/ \[.*/, ''))).toEqual([
    '❯ build it (0:00 of about 1:00 min)',
    '✔ build it (1:00 of about 1:00 min)',
  ])
})
