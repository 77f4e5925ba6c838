// The compared load generators, each with the same load, and the latency that each reports.
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

const root = join(import.meta.dirname, '../..')

export interface Order {
  readonly url: string
  readonly rateRps: number
  readonly seconds: number
  readonly connections: number
}

export interface Measured {
  readonly requests: number
  /** Latency by quantile, in ms. */
  readonly quantilesMs: Readonly<Record<string, number>>
  /** CPU time of the whole process. */
  readonly cpuMs: number
}

export const quantiles = { p50: 0.5, p90: 0.9, p99: 0.99, 'p99.9': 0.999 } as const

export interface Generator {
  readonly name: string
  readonly loop: 'open' | 'closed'
  readonly run: (order: Order) => Promise<Measured>
}

/** The lab's own generator, as it runs in a cluster. */
const httpLoad: Generator = {
  name: 'http-load (the lab)',
  loop: 'open',
  run: async ({ url, rateRps, seconds, connections }) => {
    const { host, pathname } = new URL(url)
    const flags = [
      '--target',
      host,
      '--path',
      pathname,
      '--rate',
      rateRps,
      '--duration',
      `${seconds}s`,
      '--connections',
      connections,
    ]
    const { stdout, cpuMs } = await timed('node', [join(root, 'workloads/http-load/main.ts'), ...flags.map(String)], 'go\n')
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { completed: number; latencyUs: Record<string, number> }
    const { p50 = NaN, p90 = NaN, p99 = NaN, p999 = NaN } = result.latencyUs
    const quantilesMs = { p50: p50 / 1000, p90: p90 / 1000, p99: p99 / 1000, 'p99.9': p999 / 1000 }
    return { requests: result.completed, quantilesMs, cpuMs }
  },
}

/** With --overallRate it paces itself, and corrects its latencies for requests that it did not send. */
const autocannon: Generator = {
  name: 'autocannon',
  loop: 'closed',
  run: async ({ url, rateRps, seconds, connections }) => {
    const flags = ['--json', '--overallRate', rateRps, '--duration', seconds, '--connections', connections, url]
    const { stdout, cpuMs } = await timed('node', [join(root, 'node_modules/autocannon/autocannon.js'), ...flags.map(String)])
    const { latency, requests } = JSON.parse(stdout) as { latency: Record<string, number>; requests: { total: number } }
    const { p50 = NaN, p90 = NaN, p99 = NaN, p99_9 = NaN } = latency
    return { requests: requests.total, quantilesMs: { p50, p90, p99, 'p99.9': p99_9 }, cpuMs }
  },
}

/** Its summary has no quantiles; its log has a line for each request: start, status, µs until the reply. */
const h2load: Generator = {
  name: 'h2load --h1',
  loop: 'closed',
  run: async ({ url, rateRps, seconds, connections }) => {
    const log = join(tmpdir(), `h2load-${process.pid}.log`)
    const flags = [
      '--h1',
      '--clients',
      connections,
      '--duration',
      seconds,
      '--rps',
      rateRps / connections,
      '--log-file',
      log,
      url,
    ]
    const { cpuMs } = await timed('h2load', flags.map(String))
    const lines = (await readFile(log, 'utf8')).trim().split('\n')
    await rm(log)
    const sortedMs = lines.map((line) => Number(line.split('\t')[2]) / 1000).toSorted((a, b) => a - b)
    const at = (p: number): number => sortedMs[Math.min(sortedMs.length - 1, Math.ceil(p * sortedMs.length) - 1)] ?? NaN
    const quantilesMs = Object.fromEntries(Object.entries(quantiles).map(([name, p]) => [name, at(p)]))
    return { requests: lines.length, quantilesMs, cpuMs }
  },
}

export const generators: readonly Generator[] = [httpLoad, autocannon, h2load]

/** Runs a program in bash, which measures its CPU time. */
const timed = async (file: string, flags: readonly string[], input = ''): Promise<{ stdout: string; cpuMs: number }> => {
  const script = `TIMEFORMAT='cpu %U %S'; time "$0" "$@"`
  const child = execa('bash', ['-c', script, file, ...flags], { stdin: 'pipe', env: { LOAD_FLAGS: '' } })
  child.stdin.write(input) // left open: http-load exits when its input closes
  const { stdout, stderr } = await child
  child.stdin.end()
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(stderr) ?? []
  return { stdout, cpuMs: (Number(user) + Number(system)) * 1000 }
}
