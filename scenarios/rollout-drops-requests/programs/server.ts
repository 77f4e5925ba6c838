// A web server as many are: each request waits 200 ms for something else, and SIGTERM ends the process at once, with whatever it is doing.
import { createServer } from 'node:http'

const pod = process.env.POD_NAME ?? ''
const waitMs = 200

createServer((request, response) => {
  const answer = (): void => void response.writeHead(200, { 'x-pod': pod }).end('done\n')
  if (request.url === '/healthz') return answer()
  setTimeout(answer, waitMs)
}).listen(8080)
process.on('SIGTERM', () => process.exit(0))
