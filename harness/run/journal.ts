// run.json on disk: written whole after every trial, so that a killed run loses one trial at most.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Run } from '../model/run.ts'

export const writeRun = async (folder: string, run: Run): Promise<string> => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'run.json')
  await writeFile(`${path}.draft`, `${JSON.stringify(Run.parse(run), undefined, 1)}\n`)
  await rename(`${path}.draft`, path)
  return path
}
