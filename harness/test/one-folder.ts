// Whatever tests write to the folder for temporary files goes into one of their own, which is removed after the last of them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { TMPDIR } = process.env
let folder = ''

export const setup = async (): Promise<void> => {
  folder = await mkdtemp(join(tmpdir(), 'lab-tests-'))
  process.env['TMPDIR'] = folder // of the workers that are started next, and of what they start
}

export const teardown = async (): Promise<void> => {
  if (TMPDIR === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = TMPDIR
  await rm(folder, { recursive: true, force: true }) // of two kinds of tests that run in one command, one's may lie in the other's
}
