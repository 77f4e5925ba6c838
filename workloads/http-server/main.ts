// Decides how the process lives: read the environment, calibrate, serve, and leave on SIGTERM.
import { log } from '../service/log.ts'
import { serveUntilSignal } from '../service/running-server.ts'
import { calibrate } from './calibration.ts'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { startServer } from './server.ts'

const serve = async (settings: Settings): Promise<void> => {
  const calibration = calibrate(settings.cpuMsPerRequest)
  log('calibrated', calibration)
  const server = await startServer(settings, calibration)
  serveUntilSignal(server, settings.pod, settings)
}

const main = (): void => {
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
