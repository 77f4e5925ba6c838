// A file that a flag names.
import { writeFile } from 'node:fs/promises'
import { LabError, messageOf } from '../model/lab-error.ts'

/** Writes it. Where that cannot be done, the flag was wrong. */
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
