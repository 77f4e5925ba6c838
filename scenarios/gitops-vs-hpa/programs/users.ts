// The load for which the autoscaler scales before anything is measured: 10 requests a second, whatever becomes of them.
import { get } from 'node:http'

setInterval(() => {
  const asked = get({ host: 'web', port: 8080, agent: false, timeout: 2000 }, (response) => response.resume())
  asked.on('timeout', () => asked.destroy()).on('error', () => {})
}, 100)
process.on('SIGTERM', () => process.exit(0))
