// A `docker` that starts bash on this machine stands for the one that starts it on a node.
import { expect, onTestFinished, test } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { openShell } from './shell.ts'

const shell = async (script = 'exec bash', deadlineMs?: number) => {
  await fakeProgram('docker', script)
  const opened = openShell('worker', deadlineMs)
  onTestFinished(opened.close)
  return opened
}

test('scripts are answered one after the other, each with what it printed', async () => {
  const { run } = await shell()
  expect(await Promise.all([run('echo one; echo two'), run('x=3'), run('printf "$x"'), run('false')])).toEqual([
    'one\ntwo',
    '',
    '3',
    '',
  ])
})

test('what a script calls cannot read the scripts to come, and what it prints is not taken for the end of its answer', async () => {
  const { run } = await shell()
  const [first, second] = await Promise.all([run("cat; echo '--- end of answer'; echo after"), run('echo second')])
  expect(first).toBe('--- end of answer\nafter')
  expect(second).toBe('second')
})

test('a node that is frozen, or an engine that hangs, ends the wait at the deadline', async () => {
  const { run } = await shell('exec sleep 60', 200)
  await expect(run('echo ready')).rejects.toMatchObject({ message: 'The shell on worker ended' })
})

test('a shell that could not be opened says what docker said', async () => {
  const { run } = await shell('echo "Error: No such container: worker" >&2; exit 1')
  await expect(run('echo ready')).rejects.toMatchObject({
    message: 'The shell on worker ended',
    details: { evidence: ['Error: No such container: worker'] },
  })
})
