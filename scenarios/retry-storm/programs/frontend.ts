// Calls the backend for each request: up to 4 attempts, each given up after ATTEMPT_MS. RETRY_BUDGET: retries it may make for each request, on
// average; without it as many as it likes.
import { createServer, get } from 'node:http'

const pod = process.env.POD_NAME ?? ''
const attemptMs = Number(process.env.ATTEMPT_MS ?? 1000)
const budget = Number(process.env.RETRY_BUDGET ?? Infinity)
const attempts = 4
/** Retries it may make now; at most ten are saved up. */
let saved = 10

const attempt = (): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: 'backend', port: 8080, path: '/work', agent: false, timeout: attemptMs }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200))
    })
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false))
  })

const mayRetry = (): boolean => {
  if (saved < 1) return false
  saved -= 1
  return true
}

const call = async (): Promise<boolean> => {
  saved = Math.min(10, saved + budget)
  for (let made = 0; made < attempts; made += 1) {
    if (made > 0 && !mayRetry()) return false
    if (await attempt()) return true
  }
  return false
}

createServer((request, response) => {
  const answer = (status: number): void => void response.writeHead(status, { 'x-pod': pod }).end()
  if (request.url === '/healthz') return answer(200)
  void call().then((isAnswered) => answer(isAnswered ? 200 : 504))
}).listen(8080)
