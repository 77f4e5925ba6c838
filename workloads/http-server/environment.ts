// Decides what the environment may say, and names everything wrong with it at once.

/** What the server was told to be. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly cpuMsPerRequest: number
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const mostCpuMs = 60_000

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const { POD_NAME: pod = '', PORT: portText = '8080', CPU_MS_PER_REQUEST: cpuText = '30' } = environment
  const problems: string[] = []
  const port = /^\d+$/.test(portText) ? Number(portText) : Number.NaN
  const cpuMsPerRequest = /^\d+(\.\d+)?$/.test(cpuText) ? Number(cpuText) : Number.NaN
  if (pod === '') {
    problems.push('POD_NAME is missing: replies must name their pod. Set it from fieldRef metadata.name.')
  }
  if (!(port <= 65_535)) {
    problems.push(`PORT is '${portText}'. Set an integer from 0 to 65535, or unset it for 8080.`)
  }
  if (!(cpuMsPerRequest > 0 && cpuMsPerRequest <= mostCpuMs)) {
    problems.push(`CPU_MS_PER_REQUEST is '${cpuText}'. Set a number above 0, at most ${mostCpuMs}, or unset it for 30.`)
  }
  return problems.length === 0 ? { kind: 'valid', settings: { port, pod, cpuMsPerRequest } } : { kind: 'invalid', problems }
}
