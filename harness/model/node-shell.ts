// A shell on a node that stays open: what a probe reads many times must not start a process each time.
import { LabError } from './lab-error.ts'

export interface NodeShell {
  /** Runs a bash script on the node and resolves with what it printed. One at a time; with builtins alone nothing is forked. */
  readonly run: (script: string) => Promise<string>
  readonly close: () => void
}

/** File descriptor in which a script finds what the shell reads from: it ends when the shell is closed, or when the lab ends in any way. */
export const inputFd = 3

/** The shell on a node, of those that were opened on all of them. */
export const shellOn = (shells: ReadonlyMap<string, NodeShell>, node: string): NodeShell => {
  const shell = shells.get(node)
  if (!shell) throw new Error(`no shell on node ${node}`)
  return shell
}

/** Bash: prints a file as it is, without a process of its own; nothing when it is not there. */
export const printFile = (path: string): string => `{ mapfile -t lines < ${path}; } 2>/dev/null && printf '%s\\n' "\${lines[@]}"`

/** Runs a script that has to succeed, with `set -eu`; the error carries what it printed. */
export const runScript = async (shell: NodeShell, what: string, script: string): Promise<string> => {
  const printed = await shell.run(`( set -eu\n${script}\n) 2>&1; status=$?; echo; echo "status $status"`)
  const [, output = '', status] = /^([^]*)\nstatus (\d+)$/.exec(`\n${printed}`) ?? []
  if (status !== '0') throw new LabError(`Could not ${what}`, { evidence: printed.split('\n').slice(-15) })
  return output.trim()
}
