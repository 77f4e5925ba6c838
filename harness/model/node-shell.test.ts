import { spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LabError } from './lab-error.ts'
import { printFile, runScript } from './node-shell.ts'
import type { NodeShell } from './node-shell.ts'

const end = '--- end'

const what = 'empty the small disk'

/** A bash of this machine that stays open, as the one on a node does. */
const openBash = (): NodeShell => {
  const bash = spawn('bash', { stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: bash.stdout })[Symbol.asyncIterator]()
  return {
    run: async (script) => {
      bash.stdin.write(`${script}\necho; echo '${end}'\n`)
      const answer: string[] = []
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error('bash ended')
        if (value === end) return answer.join('\n').trimEnd()
        answer.push(value)
      }
    },
    close: () => void bash.stdin.end(),
  }
}

let shell: NodeShell
beforeEach(() => {
  shell = openBash()
})
afterEach(() => shell.close())

const failureOf = async (script: string): Promise<LabError> => {
  const thrown = await runScript(shell, what, script).catch((error: unknown) => error)
  if (!(thrown instanceof LabError)) throw new Error(`no error of the lab, but ${String(thrown)}`)
  return thrown
}

test('a script resolves with what it printed, standard error included', async () => {
  expect(await runScript(shell, what, 'echo one; echo two >&2')).toBe('one\ntwo')
})

test('a script that prints nothing, or no newline at its end, is no failure', async () => {
  expect(await runScript(shell, what, 'true')).toBe('')
  expect(await runScript(shell, what, "printf 'no newline'")).toBe('no newline')
})

test('a script that prints what looks like a status is not taken at its word', async () => {
  expect(await runScript(shell, what, 'echo "status 1"')).toBe('status 1')
  expect((await failureOf('echo "status 0"; exit 3')).details.evidence).toContain('status 3')
})

test('a script that fails is an error that says what it should have done, with the last lines it printed as evidence', async () => {
  const { message, details } = await failureOf(
    'for pod in {1..40}; do echo "removed /var/log/pods/flooder-$pod"; done; echo "umount: target is busy" >&2; exit 3',
  )
  expect(message).toBe('Could not empty the small disk')
  expect(details.evidence).toEqual(
    expect.arrayContaining(['removed /var/log/pods/flooder-40', 'umount: target is busy', 'status 3']),
  )
  expect(details.evidence?.length).toBeLessThanOrEqual(15)
})

test('a script ends at the first command that fails, and at a variable that is not set', async () => {
  expect((await failureOf('echo before; false; echo after')).details.evidence).toEqual(['before', '', 'status 1'])
  const unset = (await failureOf('echo "at $no_such_variable"; echo after')).details.evidence?.join('\n')
  expect(unset).toContain('no_such_variable: unbound variable')
  expect(unset).not.toContain('after')
})

test('a script that failed, or left a folder, leaves the shell as it was for the next one', async () => {
  await failureOf('cd /; exit 1')
  expect(await shell.run('false; echo "$no_such_variable still here, in $PWD"')).toBe(` still here, in ${process.cwd()}`)
})

test('a file is printed as it is, and nothing where it is not', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'lab-shell-')), 'stat')
  await writeFile(file, 'usage_usec 12\n  $HOME %s\n')
  expect(await shell.run(printFile(file))).toBe('usage_usec 12\n  $HOME %s')
  expect(await shell.run(printFile(`${file}-that-is-not-there`))).toBe('')
})
