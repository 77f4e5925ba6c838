// A service that works on one request at a time, 150 ms each, of which 6 ms are CPU time: 6.7 requests a second for each pod. With eight waiting
// it refuses the next one at once. A pod that ends finishes what it has: requests fail for want of pods, and for nothing else.
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const pod = process.env.POD_NAME ?? ''
let waiting = 0
let last = Promise.resolve()

/** Microseconds of CPU time of this process. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const work = async (): Promise<void> => {
  const before = cpuTime()
  while (cpuTime() - before < 6000);
  await wait(144)
}

createServer((request, response) => {
  const answer = (status: number): void => void response.writeHead(status, { 'x-pod': pod, connection: 'close' }).end()
  if (request.url === '/healthz') return answer(200)
  if (waiting >= 8) return answer(503)
  waiting += 1
  last = last.then(work).then(() => {
    waiting -= 1
    answer(200)
  })
}).listen(8080)
process.on('SIGTERM', () => setTimeout(() => process.exit(0), 3000))
