// Calls of the `docker` program that end by themselves. Scripts of several commands use `$` of shell.ts, processes that stay use execa.
import { execa } from 'execa'
import { LabError } from '../model/lab-error.ts'

export interface Said {
  readonly failed: boolean
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  /** The program `docker` does not exist. */
  readonly isMissing: boolean
}

/** No request to the engine takes this long unless it hangs. */
const longestAnswerMs = 600_000

/** Output of `docker`, whether or not it failed. */
export const askDocker = async (words: readonly string[], timeout = longestAnswerMs): Promise<Said> => {
  const result = await execa('docker', words, { reject: false, timeout })
  const { failed, stdout = '', stderr = '', timedOut, code, originalMessage = '' } = result
  const isMissing = code === 'ENOENT'
  return { failed, stdout, stderr: stderr || (isMissing ? '' : originalMessage), timedOut, isMissing }
}

/** Output of `docker`; if it fails, its stderr becomes the evidence of the error. */
export const docker = async (words: readonly string[], timeout = longestAnswerMs): Promise<string> => {
  const { failed, timedOut, stdout, stderr } = await askDocker(words, timeout)
  if (timedOut)
    throw new LabError(`docker ${words[0]} gave no answer in ${timeout / 1000} s`, {
      exit: 'cannotRun',
      next: 'the engine hangs: restart Docker, then `lab clean`',
    })
  if (failed) throw new LabError(`docker ${words[0]} failed`, { evidence: [stderr], next: '`lab doctor` checks the engine' })
  return stdout
}
