// Decides what goes over the wire: the protobuf messages and services, as a protobufjs descriptor.
// It is TypeScript, not a .proto file, so that a bundle needs no second file beside it.

const unary = (requestType: string, responseType: string, comment: string) => ({ requestType, responseType, comment })

const echo = {
  Echo: { methods: { Say: unary('SayRequest', 'SayReply', 'Answers with the name of the pod.') } },
  SayRequest: { fields: { sequence: { type: 'uint32', id: 1 } } },
  SayReply: { fields: { pod: { type: 'string', id: 1 } } },
}

// The part of https://github.com/grpc/grpc/blob/master/doc/health-checking.md that a kubelet probe calls.
const health = {
  Health: { methods: { Check: unary('HealthCheckRequest', 'HealthCheckResponse', 'Tells whether it serves.') } },
  HealthCheckRequest: { fields: { service: { type: 'string', id: 1 } } },
  HealthCheckResponse: {
    fields: { status: { type: 'ServingStatus', id: 1 } },
    nested: { ServingStatus: { values: { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2 } } },
  },
}

/** Package `lab` with the Echo service, and package `grpc.health.v1` with the standard health check. */
export const descriptor = {
  nested: {
    lab: { nested: echo },
    grpc: { nested: { health: { nested: { v1: { nested: health } } } } },
  },
}
