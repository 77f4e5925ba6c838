// Required programs: those that build what the cache lacks, and those of an engine that the lab starts.
import { execa } from 'execa'
import type { Artifact } from '../../../artifact/cache.ts'
import type { Finding } from '../../provider.ts'
import { missingCapabilities } from '../capabilities.ts'
import type { Docker } from '../docker.ts'
import { canStartEngine } from '../engine.ts'
import type { Here } from '../machine.ts'
import { installCommand } from './debian.ts'

interface Tool {
  readonly try: readonly [string, ...string[]]
  /** Debian's packages; null: Debian 12 has none that is new enough. */
  readonly packages: string | null
  /** Whether `make setup` installs it: a compiler is the user's choice. */
  readonly inSetup: boolean
}

const buildTools: Readonly<Record<Artifact['tool'], Tool>> = {
  go: { try: ['go', 'version'], packages: null, inSetup: false },
  gcc: { try: ['gcc', '--version'], packages: 'gcc libc6-dev', inSetup: false },
  mmdebstrap: { try: ['mmdebstrap', '--version'], packages: 'mmdebstrap', inSetup: true },
  pip: { try: ['python3', '-m', 'pip', '--version'], packages: 'python3-pip', inSetup: true },
}

/** Of an engine that the lab starts: dockerd calls iptables, and the wrapper around runc calls jq. */
const engineTools: Readonly<Record<string, Tool>> = {
  iptables: { try: ['iptables', '--version'], packages: 'iptables', inSetup: true },
  jq: { try: ['jq', '--version'], packages: 'jq', inSetup: true },
}

/** Required programs: those that build what the cache lacks, and those of an engine that the lab starts. */
export const tools = async (
  toBuild: readonly Artifact[],
  leastGo: string,
  { engine: found }: Docker,
  { platform, root }: Here,
): Promise<Finding[]> => {
  if (platform !== 'linux') return []
  const building = Object.entries(buildTools).flatMap(([name, tool]) => {
    const made = toBuild.filter((artifact) => artifact.tool === name).map((artifact) => artifact.name)
    return made.length > 0 ? [{ name, tool, why: `needed to build what the cache lacks: ${made.join(', ')}` }] : []
  })
  const wrapped = (await missingCapabilities(root)).length > 0
  const starting =
    found || !(await canStartEngine())
      ? []
      : Object.entries(engineTools).flatMap(([name, tool]) =>
          name === 'jq' && !wrapped ? [] : [{ name, tool, why: 'the Docker engine that the lab starts needs it' }],
        )
  return Promise.all([...building, ...starting].map((wanted) => toolFinding(wanted, leastGo)))
}

const toolFinding = async ({ name, tool, why }: { name: string; tool: Tool; why: string }, leastGo: string): Promise<Finding> => {
  const { failed, stdout } = await execa(tool.try[0], tool.try.slice(1), { reject: false })
  const tooOld = !failed && name === 'go' && !isGoOf(leastGo, stdout)
  if (!failed && !tooOld) return { name, state: 'ok', found: stdout.split('\n')[0] ?? '' }
  const { packages, inSetup } = tool
  const next = packages === null ? `install Go ${leastGo} or newer from go.dev` : await installCommand(packages)
  return {
    name,
    state: 'missing',
    found: tooOld ? `${stdout}, which is too old` : `\`${tool.try.join(' ')}\` does not work`,
    why,
    next: inSetup ? `${next}; as root on Debian \`make setup\` does it` : next,
  }
}

/** Whether `go version` reports this version, such as 1.25, or a newer one. Go fetches a newer toolchain for a go.mod, but not for a modfile. */
const isGoOf = (least: string, said: string): boolean => {
  const [major = 0, minor = 0] = least.split('.').map(Number)
  const [, found, foundMinor] = /\bgo(\d+)\.(\d+)/.exec(said) ?? []
  return Number(found) > major || (Number(found) === major && Number(foundMinor) >= minor)
}
