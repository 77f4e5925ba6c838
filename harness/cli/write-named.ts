// Writes a file that a flag names.
import { writeFile } from 'node:fs/promises'
import { LabError, messageOf } from '../model/lab-error.ts'

/** A failure is an error of usage. */
export const writeNamed = async (path: string, content: string): Promise<void> => {
  try {
    await writeFile(path, content)
  } catch (error) {
    throw new LabError(`${path} cannot be written`, {
      why: messageOf(error),
      exit: 'usage',
      next: 'name a file in a folder that exists',
    })
  }
}
