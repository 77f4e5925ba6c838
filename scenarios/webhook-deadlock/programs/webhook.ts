// A validating webhook that admits every pod.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const file = (name: string): Buffer => readFileSync(`/certificate/${name}`)

createServer({ key: file('tls.key'), cert: file('tls.crt') }, (request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => void parts.push(part))
  request.on('end', () => {
    if (request.method !== 'POST') return response.end('serving\n')
    const { apiVersion, kind, request: asked } = JSON.parse(Buffer.concat(parts).toString()) as Record<string, { uid?: string }>
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ apiVersion, kind, response: { uid: asked?.uid, allowed: true } }))
  })
}).listen(8443)
process.on('SIGTERM', () => process.exit(0))
