// Whether the host ports of a shape are free.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { parse } from 'yaml'
import * as z from 'zod'
import { shapePath } from '../../../places.ts'
import type { Finding } from '../../provider.ts'

/** Host ports of the shape. kind would notice a conflict only after creating the nodes. */
export const ports = async (shape: string): Promise<Finding[]> => {
  const findings = await Promise.all(
    (await hostPorts(shape)).map(async (port): Promise<Finding> => ({
      name: `port ${port}`,
      state: (await isFree(port)) ? 'ok' : 'missing',
      found: 'in use by another process',
      why: `kind-configs/${shape}.yaml gives it to a node`,
      next: `end what listens there (ss -ltnp 'sport = :${port}'), or change the shape`,
    })),
  )
  return findings
}

const PortsOfShape = z.object({
  networking: z.object({ apiServerPort: z.int().optional() }).optional(),
  nodes: z.array(z.object({ extraPortMappings: z.array(z.object({ hostPort: z.int().optional() })).default([]) })).default([]),
})

const hostPorts = async (shape: string): Promise<number[]> => {
  const { networking, nodes } = PortsOfShape.parse(parse(await readFile(shapePath(shape), 'utf8')))
  const mapped = nodes.flatMap((node) => node.extraPortMappings.map((mapping) => mapping.hostPort))
  return [networking?.apiServerPort, ...mapped].filter((port): port is number => port !== undefined && port > 0)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
    server.listen(port, '0.0.0.0')
  })
