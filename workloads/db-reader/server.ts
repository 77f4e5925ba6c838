// Decides what each path answers.
import type { RequestListener } from 'node:http'
import { reply, startHttp } from '../service/http.ts'
import type { RunningServer } from '../service/running-server.ts'
import type { Settings } from './environment.ts'
import type { Order } from './orders.ts'
import type { InUse } from './source.ts'

/** What the server answers from. */
export interface Answers {
  /** Undefined when the database cannot be reached. */
  readonly orders: () => Promise<readonly Order[] | undefined>
  readonly inUse: () => InUse
}

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export const startServer = ({ port, pod }: Pick<Settings, 'port' | 'pod'>, answers: Answers): Promise<RunningServer> =>
  startHttp(port, listener(pod, answers))

const listener =
  (pod: string, { orders, inUse }: Answers): RequestListener =>
  (request, response) => {
    const answer = (statusCode: number, body: object): void => reply(response, pod, statusCode, body)
    switch (request.url) {
      case '/healthz':
        return answer(200, { status: 'serving' })
      case '/in-use':
        return answer(200, inUse())
      default:
        return void orders().then((rows) =>
          rows
            ? answer(200, { pod, orders: rows })
            : answer(503, { pod, problem: 'The database is unavailable. See the log for why.' }),
        )
    }
  }
