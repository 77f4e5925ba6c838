// An exercise for a test: started as a user does, without a shell of its own.
import { join } from 'node:path'
import { execa } from 'execa'
import * as z from 'zod'
import type { TestContext } from 'vitest'
import { exitCodes } from '../../model/lab-error.ts'
import { Checked } from '../../workshop/message.ts'
import { leaveOut } from './noise.ts'
import { lab, said, temporaryFolder } from './support.ts'

/** Resolves when the incident is there. Where the machine is too busy to tell, the test is left out. */
export const startExercise = async (slug: string, out: string, context: TestContext) => {
  const running = lab(['workshop', 'start', slug, '--no-shell', '--seed', '1', '--out', out])
  let output = ''
  running.all.on('data', (chunk) => (output += String(chunk)))
  await said(running, 'export KUBECONFIG=').catch(async (error: unknown) => {
    if ((await running).exitCode === exitCodes.inconclusive.code)
      leaveOut(context, `the machine was too busy: ${output.slice(-600)}`)
    throw error
  })
  const kubeconfig = /export KUBECONFIG=(.+)/.exec(output)?.[1] ?? ''
  return { running, kubeconfig }
}

/** What `lab workshop check --json` printed, without the costs that it adds. */
export const checkedIn = (printed: string): Checked => z.object(Checked.shape).parse(JSON.parse(printed))

/** kubectl with the learner's rights: that of the nodes. */
export const learnersKubectl = async (kubeconfig: string) => {
  const folder = await temporaryFolder()
  await execa('docker', ['cp', '--follow-link', 'incident-lab-control-plane:/usr/bin/kubectl', join(folder, 'kubectl')])
  return (words: readonly string[]) =>
    execa(join(folder, 'kubectl'), words, { env: { KUBECONFIG: kubeconfig }, reject: false, all: true })
}
