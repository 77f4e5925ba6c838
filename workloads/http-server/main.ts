// Decides how the process lives: read the environment, calibrate, serve, and leave on SIGTERM.
import { calibrate } from './calibration.ts'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { startServer } from './server.ts'

function log(event: string, facts: object): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`)
}

async function serve(settings: Settings): Promise<void> {
  const calibration = calibrate(settings.cpuMsPerRequest)
  log('calibrated', calibration)
  const server = await startServer(settings, calibration)
  const stop = async (signal: string): Promise<void> => {
    await server.stop()
    log('stopped', { pod: settings.pod, signal })
    process.exit(0)
  }
  process.once('SIGTERM', (signal) => void stop(signal))
  process.once('SIGINT', (signal) => void stop(signal))
  log('started', { ...settings, port: server.port })
}

function main(): void {
  const outcome = readSettings(process.env)
  if (outcome.kind === 'invalid') {
    process.stderr.write(outcome.problems.map((problem) => `${problem}\n`).join(''))
    process.exitCode = 2
    return
  }
  serve(outcome.settings).catch((error: unknown) => {
    process.stderr.write(`The server could not start: ${String(error)}. Check that PORT is free.\n`)
    process.exitCode = 1
  })
}

main()
