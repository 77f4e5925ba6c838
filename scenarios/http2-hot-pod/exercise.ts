// A service that refuses one request in six, although its pods have room for more than twice the load.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    '`client` sends 120 requests a second to `server`. One in six fails with RESOURCE_EXHAUSTED, and the others take ' +
    '430 ms and more, where 45 ms are normal. `server` has three pods, all of them ready, and each can serve 100 requests ' +
    'a second. Requests have to be answered as fast as usual and by all the pods there are, with the same load and with ' +
    'pods that can do no more than now, and it has to stay so when `client` connects anew.',
  hints: [
    'See which pods answer, with `lab workshop status`, and who is connected to whom: `kubectl get pods,services -o wide`, ' +
      'then `kubectl exec deploy/client -- cat /proc/net/tcp /proc/net/tcp6`, and the same in each pod of `server`. Port ' +
      '9000 is 2328 in hexadecimal, and state 01 is an established connection.',
    'All replies come from one pod of `server`. That pod has the connection of `client`, and the others have none; ' +
      '`client` itself has one connection, to the address of the Service. In a healthy system each of the three pods gives ' +
      'about a third of the replies.',
    'kube-proxy picks a pod when a connection is opened, not for each request, and a gRPC client sends all its requests ' +
      'over one HTTP/2 connection. Somebody who knows requests has to pick the pod. That can be the client, which then has ' +
      'to see the address of every pod (its flags are in workloads/grpc-load/README.md), or a proxy that speaks HTTP/2 to ' +
      'the pods (the image incident-lab/envoy:current is on the nodes).',
  ],
  solution: 'l7-proxy',
  remember: [
    'A Service balances connections: a pod is picked when a connection opens, and everything sent over it goes there.',
    'A client that keeps one connection, as gRPC clients do, needs somebody who picks a pod for each request: itself, or a ' +
      'proxy that speaks its protocol on both sides.',
    'More replicas do not help, since nobody connects to them; ending connections every few seconds only moves the load ' +
      'from pod to pod.',
    'Look at shares within a second: a connection that wanders looks even over an hour, and one pod has all the load at ' +
      'any moment.',
  ],
})
