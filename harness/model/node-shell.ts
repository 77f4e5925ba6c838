// A shell on a node that stays open: what a probe reads many times must not start a process each time.

export interface NodeShell {
  /** Runs a bash script on the node and resolves with what it printed. One at a time; with builtins alone nothing is forked. */
  readonly run: (script: string) => Promise<string>
  readonly close: () => void
}

/** Bash: prints a file as it is, without a process of its own; nothing when it is not there. */
export const printFile = (path: string): string => `{ mapfile -t lines < ${path}; } 2>/dev/null && printf '%s\\n' "\${lines[@]}"`
