// In which order `make test` plays its parts, with programs `npx` and `npm` that write down when each part begins and ends.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { fakeProgram } from './fixtures/fake-program.ts'

const script = resolve(import.meta.dirname, '../../.ci/test.js')

/** Beginnings and ends, in order. `fails`: the part that does; `cluster`: what `lab status` says. */
const played = async ({ fails = '', cluster = 'no cluster' } = {}) => {
  const part = (last: string) => `part=${last}
[ "$part" = status ] && { echo "${cluster}"; exit 0; }
echo "begin $part" >> $LOG
[ "$part" = test:hermetic ] && while ! grep -q 'begin up' $LOG; do sleep 0.01; done
[ "$part" = up ] && while ! grep -q 'begin test:hermetic' $LOG; do sleep 0.01; done
echo "end $part" >> $LOG
[ "$part" != "${fails}" ]`
  const folder = await fakeProgram('npx', part('$2'))
  await fakeProgram('npm', part('$3'))
  const LOG = join(folder, 'log')
  const { exitCode } = await execa(process.execPath, [script], { env: { LOG }, reject: false })
  const lines = (await readFile(LOG, 'utf8')).trim().split('\n')
  return { exitCode, lines, parts: lines.flatMap((line) => /^end (.*)/.exec(line)?.[1] ?? []) }
}

test('a cluster starts while hermetic tests run; nothing runs beside the tests that measure, and what was made is removed', async () => {
  const { exitCode, lines } = await played()
  expect(exitCode).toBe(0)
  expect(lines.slice(0, 2).toSorted((a, b) => a.localeCompare(b))).toEqual(['begin test:hermetic', 'begin up'])
  expect(lines.slice(-4)).toEqual(['begin test:smoke', 'end test:smoke', 'begin down', 'end down'])
  expect(lines.indexOf('begin test:interruption')).toBeGreaterThan(lines.indexOf('end up'))
})

test('a cluster that was there is used, and stays', async () => {
  expect((await played({ cluster: 'Kubernetes v1.34' })).parts).not.toContain('down')
})

test.each(['test:hermetic', 'test:interruption', 'up'])(
  'where %s fails nothing is measured, and the cluster is removed',
  async (fails) => {
    const { exitCode, parts } = await played({ fails })
    expect(exitCode).toBe(1)
    expect(parts).not.toContain('test:smoke')
    expect(parts.at(-1)).toBe('down')
  },
)

test('where the tests that measure fail, so does the whole, and the cluster is removed', async () => {
  const { exitCode, parts } = await played({ fails: 'test:smoke' })
  expect([exitCode, parts.at(-1)]).toEqual([1, 'down'])
})
