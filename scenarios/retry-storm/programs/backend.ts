// A service that works on one request at a time, 40 ms each (200 while /state/slow is there), in the order in which they came. It does not
// look whether anybody still waits. QUEUE_LIMIT: with so many waiting it refuses the next one at once.
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const pod = process.env.POD_NAME ?? ''
const limit = Number(process.env.QUEUE_LIMIT ?? Infinity)
let waiting = 0
let last = Promise.resolve()

createServer((request, response) => {
  const answer = (status: number): void => void response.writeHead(status, { 'x-pod': pod }).end()
  if (request.url === '/healthz') return answer(200)
  if (waiting >= limit) return answer(503)
  waiting += 1
  last = last
    .then(() => wait(existsSync('/state/slow') ? 200 : 40))
    .then(() => {
      waiting -= 1
      answer(200)
    })
}).listen(8080)
