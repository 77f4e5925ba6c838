// Decides how the process lives: read flags and environment, control, and leave on SIGTERM.
import { once } from 'node:events'
import { connect } from '../controller/api.ts'
import { serveHealth } from '../controller/health.ts'
import { log } from '../service/log.ts'
import { runProgram } from '../controller/program.ts'
import { control } from './controller.ts'
import { answersOf } from './health.ts'
import { readSettings } from './settings.ts'
import type { Settings } from './settings.ts'

const port = 9090

const run = async (settings: Settings, signal: AbortSignal): Promise<void> => {
  const stopped = once(signal, 'abort')
  const answers = answersOf(control(connect(), settings, log, signal))
  log('started', { ...settings, port: await serveHealth(port, answers) })
  await stopped
  log('stopped', { namespace: settings.namespace, signal: signal.reason })
}

runProgram(readSettings(process.argv.slice(2), process.env), {
  control: run,
  advice: `Check that port ${port} is free, and that this is a pod with a service account.`,
})
