// A shell on a node: `docker exec`, kept open for a whole run.
import { randomUUID } from 'node:crypto'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import { inputFd } from '../../model/node-shell.ts'
import type { NodeShell } from '../../model/node-shell.ts'

/** No script takes this long unless its node is frozen or the engine hangs. */
const longestMs = 600_000

/**
 * Ends with `close` and with this process: bash exits at end of input. Ctrl-C does not end it: it has its own process group, since
 * clean-up needs the shell.
 */
export const openShell = (node: string, deadlineMs = longestMs): NodeShell => {
  const bash = execa('docker', ['exec', '--interactive', node, 'bash'], {
    reject: false,
    buffer: { stdout: false },
    detached: true,
  })
  const endOfAnswer = `--- end of answer ${randomUUID()}` // unique, so that no output of a script is mistaken for it
  const lines = bash.iterable()
  let last: Promise<unknown> = Promise.resolve()
  const ask = async (script: string): Promise<string> => {
    // One compound command, which bash reads completely before it runs: no program of the script can consume its input
    bash.stdin.write(`{ {\n${script}\n} ${inputFd}<&0 </dev/null\necho; echo '${endOfAnswer}'; }\n`)
    const answer: string[] = []
    const late = setTimeout(() => bash.kill('SIGKILL'), deadlineMs)
    try {
      for (;;) {
        const { value, done } = await lines.next()
        if (done)
          throw new LabError(`The shell on ${node} ended`, {
            evidence: [(await bash).stderr ?? ''],
            next: 'the node or the engine stopped, or was frozen: `lab status` shows the cluster, `lab clean` restores its nodes',
          })
        if (value === endOfAnswer) return answer.join('\n').trimEnd()
        answer.push(value)
      }
    } finally {
      clearTimeout(late)
    }
  }
  return {
    run: (script) => {
      const answer = last.then(() => ask(script))
      last = answer.catch(() => {})
      return answer
    },
    close: () => void bash.stdin.end(),
  }
}
