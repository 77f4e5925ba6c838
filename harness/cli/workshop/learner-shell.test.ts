import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { learnerShell } from './learner-shell.ts'

const never = new AbortController().signal
let folder: string

/** A machine without kubectl, on which the learner's shell writes down what it finds. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-shell-'))
  await writeFile(join(folder, 'sh'), `#!/bin/sh\necho "$KUBECONFIG $PATH" > ${folder}/found\n`)
  await chmod(join(folder, 'sh'), 0o755)
  for (const [name, value] of Object.entries({ PATH: folder, SHELL: join(folder, 'sh'), LAB_STATE: folder }))
    vi.stubEnv(name, value)
  vi.spyOn(console, 'log').mockReturnValue()
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const kubectlOf = (script: string) => async (to: string) => {
  await writeFile(join(to, 'kubectl'), script)
  await chmod(join(to, 'kubectl'), 0o755)
}

test('a learner without kubectl gets that of the nodes where it runs, with credentials of the exercise', async () => {
  await learnerShell({ kubeconfig: '/exercise', copyKubectl: kubectlOf('#!/bin/sh\nexit 0\n') }, never)
  expect(await readFile(join(folder, 'found'), 'utf8')).toMatch(new RegExp(`^/exercise .*:${folder}/bin:`))
})

test('where kubectl of the nodes does not run, the shell does not open, and the error says what to install', async () => {
  const opening = learnerShell({ kubeconfig: '/exercise', copyKubectl: kubectlOf('of another machine') }, never)
  await expect(opening).rejects.toMatchObject({
    message: 'kubectl was not found on this machine',
    exit: 'cannotRun',
    details: { next: expect.stringContaining('install kubectl') as unknown },
  })
  await expect(readFile(join(folder, 'found'))).rejects.toMatchObject({ code: 'ENOENT' })
})
