// A `docker` that starts bash on this machine stands for the one that starts it on a node.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test, vi } from 'vitest'
import { openShell } from './shell.ts'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { runAsAdmin } from './admin-script.ts'

const never = new AbortController().signal
const open = () => openShell('control-plane')
const script = (text: string, args: readonly string[] = []) => ({ file: 'triggers/it.sh', text, namespace: 'lab-x', args })

/** A script that runs for minutes, with its own process: it writes the numbers of both to the file `pids`. */
const longScript = (folder: string) => script(`sleep 300 & echo $! $$ > ${folder}/pids; wait`)

const pidsIn = (folder: string): Promise<number[]> =>
  vi.waitFor(
    async () => {
      const pids = (await readFile(join(folder, 'pids'), 'utf8')).trim().split(' ').map(Number)
      expect(pids).toHaveLength(2)
      return pids
    },
    { timeout: 30_000 },
  )

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a script has its namespace and its arguments as they are, and resolves with what it printed', async () => {
  await fakeProgram('docker', 'exec bash')
  const odd = script('echo "$NAMESPACE $# $1 $2"; cat', ["it's", '$HOME `id`'])
  expect(await runAsAdmin(open, odd, never)).toBe("lab-x 2 it's $HOME `id`")
})

test('a script that fails is an error with what it printed', async () => {
  await fakeProgram('docker', 'exec bash')
  await expect(runAsAdmin(open, script('echo no such pod >&2; exit 7'), never)).rejects.toMatchObject({
    message: 'Could not run triggers/it.sh',
    details: { evidence: ['no such pod', '', 'status 7'] },
  })
})

test('a script ends at once when the run is interrupted, and what it started ends with it', async () => {
  const folder = await fakeProgram('docker', 'exec bash')
  const interrupt = new AbortController()
  const running = runAsAdmin(open, longScript(folder), interrupt.signal)
  const pids = await pidsIn(folder)
  interrupt.abort(new Error('interrupted'))
  await expect(running).rejects.toThrow('interrupted')
  await expect.poll(() => pids.filter(isThere)).toEqual([])
})

test('a script ends when the lab is killed, which can do nothing about it any more', async () => {
  const folder = await fakeProgram('docker', 'exec bash')
  const program = `import { openShell } from './harness/cluster/kind/shell.ts'
import { runAsAdmin } from './harness/cluster/kind/admin-script.ts'
await runAsAdmin(() => openShell('control-plane'), ${JSON.stringify(longScript(folder))}, new AbortController().signal)`
  const killed = execa('node', ['--input-type=module-typescript', '--eval', program], { preferLocal: true, reject: false })
  const pids = await pidsIn(folder)
  killed.kill('SIGKILL')
  await killed
  await expect.poll(() => pids.filter(isThere)).toEqual([])
})
