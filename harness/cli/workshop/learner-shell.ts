// The learner's shell: kubectl with the learner's own kubeconfig, and the lab's commands.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import { stateDir } from '../../places.ts'
import type { Ready } from '../../workshop/start.ts'

/** Resolves when the learner leaves the shell, or when the signal fires and ends it. */
export const learnerShell = async ({ kubeconfig, copyKubectl }: Omit<Ready, 'standing'>, signal: AbortSignal): Promise<void> => {
  const path = [join(import.meta.dirname, '..'), ...(await folderOfKubectl(copyKubectl)), process.env.PATH].join(delimiter)
  console.log(
    '\nThis is your shell. `lab workshop check` measures your repair, `lab workshop hint` helps, `exit` ends the exercise.\n',
  )
  const env = { ...process.env, KUBECONFIG: kubeconfig, PATH: path }
  const shell = spawn(process.env.SHELL ?? '/bin/sh', [], { stdio: 'inherit', env, signal, killSignal: 'SIGHUP' })
  shell.on('error', () => {}) // ended by another process
  await once(shell, 'close')
}

/** No folder if the machine has kubectl; else the folder of the nodes' kubectl. */
const folderOfKubectl = async (copyKubectl: Ready['copyKubectl']): Promise<string[]> => {
  if (await runs('kubectl')) return []
  const folder = join(stateDir(), 'bin')
  await mkdir(folder, { recursive: true })
  await copyKubectl(folder)
  if (await runs(join(folder, 'kubectl'))) return [folder]
  throw new LabError('kubectl was not found on this machine', {
    why: "the nodes' kubectl is for Linux, and does not run here",
    exit: 'cannotRun',
    next: 'install kubectl, then start the exercise again',
  })
}

const runs = async (program: string): Promise<boolean> =>
  (await execa(program, ['version', '--client'], { reject: false, stdio: 'ignore' })).exitCode === 0
