// Calls the API server by its Service's name from inside a pod: DNS, kube-proxy and routes have to work for an answer.
import { get } from 'node:https'
import { readFileSync } from 'node:fs'

const account = '/var/run/secrets/kubernetes.io/serviceaccount'
const deadline = Date.now() + Number(process.env.DEADLINE_MS ?? 30_000)

const attempt = () => {
  const request = get(
    'https://kubernetes.default.svc/version',
    { ca: readFileSync(`${account}/ca.crt`), timeout: 2_000 },
    (response) => {
      console.log(`the API server answered with status ${response.statusCode}`)
      process.exit(0)
    },
  )
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s')))
  request.on('error', (error) => {
    console.log(error.message)
    if (Date.now() > deadline) process.exit(1)
    setTimeout(attempt, 200)
  })
}
attempt()
