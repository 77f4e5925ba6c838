// What CI calls, on machines that `make`, `docker` and `id` of the test's own stand for.
import { chmod, cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

interface Tier {
  readonly tier: string
  readonly passed: number
  readonly failed: number
  readonly leftOut: number
  readonly told: readonly string[]
}

/** `make` leaves these tiers and ends with this exit code. `docker`: what it does. */
const ciRun = async ({
  tiers = [],
  make = 0,
  docker = 'true',
  user = 0,
}: {
  readonly tiers?: readonly Tier[]
  readonly make?: number
  readonly docker?: string
  readonly user?: number
}) => {
  // prettier-ignore
  const clone = await mkdtemp(join(tmpdir(), 'lab-ci-'))
  await cp(join(root, '.ci'), join(clone, '.ci'), { recursive: true })
  const programs = join(clone, 'programs')
  await mkdir(programs)
  for (const tool of ['bash', 'dirname', 'timeout', 'rm', 'sh', 'cat', 'mkdir']) await symlink(`/usr/bin/${tool}`, join(programs, tool)) // prettier-ignore
  await symlink(process.execPath, join(programs, 'node'))
  const left = tiers.map((each) => `mkdir -p reports/runs; printf %s '${JSON.stringify({ minutes: 1, ...each })}' > reports/runs/tests-${each.tier}.json`) // prettier-ignore
  const scripts = { make: [...left, 'echo make "$@"', `exit ${make}`], npm: [], docker: [docker], id: [`echo ${user}`] }
  for (const [name, lines] of Object.entries(scripts)) {
    await writeFile(join(programs, name), ['#!/bin/sh', ...lines, ''].join('\n'))
    await chmod(join(programs, name), 0o755)
  }
  const { exitCode, all } = await execa(join(clone, '.ci/run'), [], { env: { PATH: programs }, reject: false, all: true })
  return { exitCode, lines: all.split('\n'), closing: all.split('\n').at(-1) }
}

const hermetic: Tier = { tier: 'hermetic', passed: 2000, failed: 0, leftOut: 0, told: [] }
const smoke: Tier = { tier: 'smoke', passed: 12, failed: 0, leftOut: 0, told: [] }

test('it calls `make test` and nothing else, and its last line has the counts of both tiers', async () => {
  const { exitCode, lines, closing } = await ciRun({ tiers: [hermetic, smoke] })
  expect(lines.filter((line) => line.startsWith('make'))).toEqual(['make test'])
  expect([exitCode, closing]).toEqual([0, '2012 passed, 0 failed'])
})

test('tests that were left out for noise are counted in the last line, with their reasons above it', async () => {
  const busy = { ...smoke, passed: 10, leftOut: 2, told: ['skipped: http2-hot-pod\nthe machine was too busy'] }
  const { exitCode, lines, closing } = await ciRun({ tiers: [hermetic, busy] })
  expect([exitCode, closing]).toEqual([0, '2010 passed, 0 failed, 2 left out for noise'])
  expect(lines).toContain('the machine was too busy')
})

test('a test that failed is repeated above the last line', async () => {
  const red = { ...smoke, passed: 11, failed: 1, told: ['failed: Ctrl-C\nit went on'] }
  const { exitCode, lines, closing } = await ciRun({ tiers: [hermetic, red], make: 2 })
  expect([exitCode, closing]).toEqual([2, '2011 passed, 1 failed'])
  expect(lines).toContain('failed: Ctrl-C')
})

test('a type check or a set-up that fails counts as a failure', async () => {
  const { exitCode, closing } = await ciRun({ make: 2 })
  expect([exitCode, closing]).toEqual([2, '0 passed, 1 failed'])
})

test('without Docker and without root it says what is missing before anything else, and ends with 1', async () => {
  const { exitCode, lines } = await ciRun({ docker: 'exit 1', user: 1000 })
  expect([exitCode, ...lines]).toEqual([
    1,
    expect.stringMatching(/^missing: Docker: no engine answers this user/),
    '0 passed, 1 failed',
  ])
})
