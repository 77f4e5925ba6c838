// A shell on a node that stays open, so that frequent reads of a probe do not start a process each time.
import { LabError } from './lab-error.ts'

export interface NodeShell {
  /** Runs a bash script on the node and resolves with its output. One at a time; a script of builtins forks nothing. */
  readonly run: (script: string) => Promise<string>
  readonly close: () => void
}

/** File descriptor of the shell's input for scripts: it closes when the shell is closed, or when the lab ends for any reason. */
export const inputFd = 3

/** The open shell of a node. */
export const shellOn = (shells: ReadonlyMap<string, NodeShell>, node: string): NodeShell => {
  const shell = shells.get(node)
  if (!shell) throw new Error(`no shell on node ${node}`)
  return shell
}

/** Bash: prints a file without starting a process; prints nothing if the file does not exist. */
export const printFile = (path: string): string => `{ mapfile -t lines < ${path}; } 2>/dev/null && printf '%s\\n' "\${lines[@]}"`

/** Runs a script with `set -eu`; a failure throws an error with its output. */
export const runScript = async (shell: NodeShell, what: string, script: string): Promise<string> => {
  const printed = await shell.run(`( set -eu\n${script}\n) 2>&1; status=$?; echo; echo "status $status"`)
  const [, output = '', status] = /^([^]*)\nstatus (\d+)$/.exec(`\n${printed}`) ?? []
  if (status !== '0') throw couldNot(what, printed)
  return output.trim()
}

/** The error of a script on a node, with the last lines that it printed. */
export const couldNot = (what: string, printed: string): LabError =>
  new LabError(`Could not ${what}`, {
    evidence: printed.split('\n').slice(-15),
    next: '`lab run` with --keep leaves the node for inspection; `lab down` removes it',
  })
