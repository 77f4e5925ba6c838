import { expect, test } from 'vitest'
import { $ } from '../artifact/shell.ts'
import { explain } from './explain.ts'

test.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EMFILE'])(
  '%s is of the machine: what, and what to do, without a stack',
  (code) => {
    const error = Object.assign(new Error(`${code}: no, write '/runs/run.json'`), { code })
    const { lines, exit } = explain(error)
    expect(exit).toBe('cannotRun')
    expect(lines).toEqual([error.message, expect.stringMatching(/^ {2}next: .{20}/)])
  },
)

test('any other error is a fault of the lab, and says where it came from', () => {
  const { lines, exit } = explain(new TypeError('x is undefined'))
  expect(exit).toBe('unexpected')
  expect(lines[0]).toBe('TypeError: x is undefined')
  expect(lines.join('\n')).toMatch(/\n {4}at .*explain\.test\.ts[^]*please report it/)
})

test('a command of the set-up that fails is named with its exit code and its last lines', async () => {
  const failed = await $({ quiet: true })`echo compiling; exit 3`.catch((error: unknown) => error)
  const { lines } = explain(failed)
  expect(lines.slice(0, 3)).toEqual(['A step of the set-up failed', '  why: exit code 3', '  | compiling'])
})
