// `lab` with these arguments: finds the command, and turns a thrown error into a message and an exit code.
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { askOwnEngine } from '../cluster/kind/own-engine.ts'
import { callable, extensionFile, extensionNames, loadExport } from '../extension.ts'
import { exitCodes, LabError } from '../model/lab-error.ts'
import { labVersion } from '../places.ts'
import { explain } from './explain.ts'
import { takeName } from './named.ts'
import { interrupted, Interruption } from './signals.ts'

const exitTable = Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`)
  .join('\n')

const environment = `  LAB_CACHE      folder of everything built (default: ~/.cache/kubernetes-incident-lab)
  LAB_STATE      folder of the kubeconfig, the lock, the engine's log (default: ~/.local/state/kubernetes-incident-lab)
  LAB_CLUSTER    name of the cluster (default: incident-lab)
  LAB_SCENARIOS  folders of scenarios, joined by colons (default: scenarios/ of the repository)`

const version = await labVersion()

const withoutCommands = (): Command =>
  new Command('lab')
    .description(
      'Reproduces production incidents of Kubernetes on a real cluster, and measures them healthy, broken and repaired.',
    )
    .version(version, '--version', 'the version of the lab')
    .showSuggestionAfterError()
    .showHelpAfterError('(lab --help lists commands and flags)')
    .exitOverride()
    .option('--name <name>', 'use a separate cluster of this name, with its own state folder; allowed anywhere on the line')
    .addHelpText(
      'after',
      `\nEnvironment:\n${environment}\n\nExit codes:\n${exitTable}\n\nStart with: lab doctor, lab list, lab run http2-hot-pod --quick`,
    )

/**
 * The program. Each file under commands/ is one command, named like the file. All of them take most of a second to load: if one
 * is called, only that one is loaded, and none to say the version.
 */
export const program = async (called?: string): Promise<Command> => {
  const lab = withoutCommands()
  const commands = join(import.meta.dirname, 'commands')
  const all = called === '--version' ? [] : await extensionNames(commands)
  for (const name of called !== undefined && all.includes(called) ? [called] : all) {
    const made = (await loadExport(extensionFile(commands, name), 'command', callable<() => Command>()))()
    for (const each of [made, ...made.commands])
      each.exitOverride().showHelpAfterError(`(lab ${made.name()} --help lists its flags)`)
    lab.addCommand(made)
  }
  return lab
}

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage.code // commander has printed the message
  if (interrupted.aborted && interrupted.reason instanceof Interruption) {
    if (error instanceof LabError) process.stderr.write(`${error.explain().join('\n')}\n`) // failed clean-up
    return interrupted.reason.exitCode
  }
  const { lines, exit } = explain(error)
  process.stderr.write(`\nlab: ${lines.join('\n')}\n`)
  return exitCodes[exit].code
}

/** Sets the exit code of this process. */
export const runLab = async (asked: readonly string[]): Promise<void> => {
  try {
    const { words, env } = takeName(asked)
    Object.assign(process.env, env) // before a command is loaded: commands read it
    askOwnEngine()
    const lab = await program(words[0])
    await lab.parseAsync(words, { from: 'user' })
  } catch (error) {
    const code = exitCodeOf(error)
    if (process.exitCode !== exitCodes.leftBehind.code) process.exitCode = code
  }
}
