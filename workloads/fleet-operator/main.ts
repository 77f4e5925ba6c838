// Decides how the process lives: read the environment, operate, and leave on SIGTERM or when the Lease is lost.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { connect } from '../controller/api.ts'
import { serveHealth } from '../controller/health.ts'
import { log } from '../service/log.ts'
import { runProgram } from '../controller/program.ts'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { operate } from './operator.ts'

const control = async ({ namespace, port, kubeconfigPath }: Settings, signal: AbortSignal): Promise<void> => {
  const api = connect(kubeconfigPath)
  const healthz = () => ({ statusCode: 200, text: 'alive' }) // whether it leads or waits
  log('started', { namespace, port: await serveHealth(port, { '/healthz': healthz }) })
  const onLost = (why: string): void => {
    log('lost', { why })
    process.exit(1)
  }
  await operate(api, { namespace, me: `${hostname()}_${randomUUID()}`, log, onLost }, signal)
  log('stopped', { signal: signal.reason })
}

runProgram(readSettings(process.env), { control, advice: 'Check that PORT is free and KUBECONFIG, if set, can be read.' })
