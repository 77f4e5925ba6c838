// Decides what each path answers.
import type { RequestListener } from 'node:http'
import { reply, startHttp } from '../service/http.ts'
import type { RunningServer } from '../service/running-server.ts'
import { burn, cpuClockUs } from './burn.ts'
import type { Calibration } from './calibration.ts'
import type { Settings } from './environment.ts'

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export const startServer = (settings: Settings, calibration: Calibration): Promise<RunningServer> =>
  startHttp(settings.port, answers(settings, calibration))

const answers =
  ({ pod, cpuMsPerRequest }: Settings, calibration: Calibration): RequestListener =>
  (request, response) => {
    const startUs = cpuClockUs()
    const answer = (statusCode: number, body: object): void => reply(response, pod, statusCode, body)
    switch (request.method === 'GET' ? request.url : undefined) {
      case '/work':
        burn(calibration.roundsPerChunk, cpuMsPerRequest, startUs)
        return answer(200, { pod })
      case '/healthz':
        return answer(200, { status: 'serving' })
      case '/calibration':
        return answer(200, calibration)
      default:
        return answer(404, { problem: 'There is nothing here. GET /work, /healthz or /calibration.' })
    }
  }
