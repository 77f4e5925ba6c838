// Decides the TypeScript types of the two remote methods; here untyped protobuf becomes typed, and nowhere else.
import { fromJSON } from '@grpc/proto-loader'
import type { MethodDefinition } from '@grpc/grpc-js'
import { descriptor } from './descriptor.ts'

/** `sequence` distinguishes the requests of one client in a packet capture. */
export interface SayRequest {
  readonly sequence: number
}

/** `pod` names the server which answered. */
export interface SayReply {
  readonly pod: string
}

/** An empty `service` asks about the server as a whole. */
export interface HealthRequest {
  readonly service: string
}

/** The status by its protobuf name. */
export interface HealthReply {
  readonly status: 'UNKNOWN' | 'SERVING' | 'NOT_SERVING'
}

const packages = fromJSON(descriptor, { enums: String, defaults: true })

const method = <Request, Reply>(service: string, name: string): MethodDefinition<Request, Reply> => {
  const definition = (packages as Record<string, Record<string, unknown>>)[service]?.[name]
  if (definition === undefined) {
    throw new Error(`The descriptor has no method ${service}/${name}. Add it to descriptor.ts.`)
  }
  return definition as MethodDefinition<Request, Reply>
}

/** Answers with the name of the pod: `lab.Echo/Say`. */
export const sayMethod: MethodDefinition<SayRequest, SayReply> = method('lab.Echo', 'Say')

/** The standard health check: `grpc.health.v1.Health/Check`. */
export const healthMethod: MethodDefinition<HealthRequest, HealthReply> = method('grpc.health.v1.Health', 'Check')
