// `make bench`: accuracy and cost of the lab's own load generator, and cost of the probes. Prints docs/benchmarks.md.
import { cpus } from 'node:os'
import { askOwnEngine } from '../cluster/kind/own-engine.ts'
import { generators, quantiles } from './generators.ts'
import type { Generator, Measured, Order } from './generators.ts'
import { livePageCost } from './live-page-cost.ts'
import { probeOverhead } from './probe-overhead.ts'
import { startServer, trueQuantile } from './stalling-server.ts'

const script = { serviceMs: 200, cycleMs: 5000, stallMs: 1000 }
const accuracy = { rateRps: 100, seconds: 30, connections: 200 } // whole cycles
const cost = { rateRps: 400, seconds: 10, connections: 20 }

const say = (line: string): void => void process.stderr.write(`${line}\n`)
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const measureAll = async (order: Order): Promise<(readonly [Generator, Measured])[]> => {
  const all: (readonly [Generator, Measured])[] = []
  for (const generator of generators) {
    say(`${generator.name}: ${order.rateRps} requests/s for ${order.seconds} s`)
    all.push([generator, await generator.run(order)])
  }
  return all
}

const accuracyTable = async (port: number): Promise<string> => {
  const measured = await measureAll({ url: `http://127.0.0.1:${port}/`, ...accuracy })
  const truth = Object.values(quantiles).map((p) => trueQuantile(script, p))
  const cell = (value: number, index: number): string => {
    const error = (value / (truth[index] ?? NaN) - 1) * 100
    return `${value.toFixed(1)} (${error > 0 ? '+' : ''}${error.toFixed(1)} %)`
  }
  return table(
    ['', 'loop', ...Object.keys(quantiles).map((name) => `${name}, ms`), 'requests'],
    [
      ['true, in closed form', '', ...truth.map((value) => value.toFixed(1)), String(accuracy.rateRps * accuracy.seconds)],
      ...measured.map(([{ name, loop }, { quantilesMs, requests }]) => [
        name,
        loop,
        ...Object.values(quantilesMs).map(cell),
        String(requests),
      ]),
    ],
  )
}

const costTable = async (port: number): Promise<string> => {
  const measured = await measureAll({ url: `http://127.0.0.1:${port}/free`, ...cost })
  const rows = measured.map(([{ name }, { cpuMs, requests }]) => [name, ((cpuMs * 1000) / requests).toFixed(0), String(requests)])
  return table(['', 'CPU time per request, µs', 'requests'], rows)
}

const { port, close } = await startServer(script)
const [accurate, cheap] = [await accuracyTable(port), await costTable(port)]
close()
askOwnEngine()
const live = await livePageCost(say)
const probes = await probeOverhead(say)
console.log(`# Benchmarks
Made by \`make bench\` on ${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}), Node.js ${process.version}, ${new Date().toISOString().slice(0, 10)}.

## Is the generator right about a server that stalls?
A server takes ${script.serviceMs} ms for each request and begins none in the first ${script.stallMs / 1000} s of every ${script.cycleMs / 1000} s; ${accuracy.rateRps} requests/s come evenly for
${accuracy.seconds} s. Their waiting time is known in closed form (\`harness/bench/stalling-server.ts\`). In brackets the error. A closed loop asks a server that stalls
for less; autocannon then corrects for it, wrongly above 1 request/s.

${accurate}

## What does it cost?
The whole process, its start included, at ${cost.rateRps} requests/s over ${cost.connections} connections for ${cost.seconds} s, against a server that answers at once.

${cheap}

## What does the live page cost?
${live}

## What do the probes cost?
${probes}`)
