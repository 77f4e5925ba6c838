// The name of a program, from the command line of a process: no argument that may be a secret is in it.
import { basename } from 'node:path'

const subcommand = /^[a-z][a-z-]{0,15}$/
const interpreter = /^(?:node|nodejs|deno|bun|python[\d.]*|bash|sh|dash|zsh|perl|ruby)$/
const scriptFile = /^[\w@%+./-]+\.(?:[cm]?[jt]sx?|py|sh|bash|pl|rb)$/

const longest = 40

/** `go build`, `node vitest.mjs`, `chromium`. `comm`: its name in the kernel, where the command line is empty or was overwritten by a title. */
export const programName = (words: readonly string[], comm: string): string => {
  const [file = '', ...args] = words
  if (file === '' || /\s/.test(file)) return shown(comm.split(/[\s/]/)[0] ?? '')
  const name = basename(file).replace(/^-/, '') // a login shell
  return shown([name, ...detailOf(name, args)].join(' '))
}

const detailOf = (name: string, [first = '', ...rest]: readonly string[]): string[] => {
  if (!interpreter.test(name)) return subcommand.test(first) ? [first] : []
  const script = first.startsWith('-') ? rest.find((arg) => scriptFile.test(arg)) : first
  return script === undefined || script === '' ? [] : [basename(script)]
}

/** `nginx:` is a title. */
const shown = (name: string): string => name.replace(/:$/, '').slice(0, longest)
