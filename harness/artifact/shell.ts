// zx's `$`, in a shell that reads no start-up file of the user.
import { spawn } from 'node:child_process'
import type { SpawnOptions } from 'node:child_process'
import { $ } from 'zx/core'

/**
 * bash takes a socket at its standard input, as Node.js gives it, for a remote login and reads ~/.bashrc, which may set another PATH or print.
 * It does not below another shell, which is what a SHLVL of 2 says. systemd, cron and most CI runners set none.
 */
const belowAnotherShell = (command: string, words: readonly string[], options: SpawnOptions) =>
  spawn(command, words, { ...options, env: { ...options.env, SHLVL: '2' } })
$.spawn = belowAnotherShell as typeof spawn

export { $ } from 'zx/core'
