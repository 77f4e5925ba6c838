// A service that needs 8 s to start, as one that fills its cache does, and then answers from that cache. Its deep health check asks the ledger, too.
import { createServer, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const pod = process.env.POD_NAME ?? ''

/** Whether the ledger answers at all, however long it takes. */
const askLedger = (): Promise<boolean> =>
  new Promise((resolve) => {
    get('http://ledger:8080/', (response) => response.resume().on('end', () => resolve(true))).on('error', () => resolve(false))
  })

await wait(8000)
createServer((request, response) => {
  const answer = (status: number): void => void response.writeHead(status, { 'x-pod': pod }).end()
  if (request.url === '/deep') void askLedger().then((isThere) => answer(isThere ? 200 : 503))
  else answer(200)
}).listen(8080)
process.on('SIGTERM', () => process.exit(0))
