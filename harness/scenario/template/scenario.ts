// A Service sends to a port without a listener: every request fails, while every pod is ready.
import { defineScenario, metric } from '../../index.ts'

export default defineScenario({
  slug: 'my-scenario', // as its folder is called
  title: 'A Service that sends to the wrong port',
  // What people saw, in one or two sentences.
  story:
    'All pods are ready and no probe fails, but no request gets a reply: the Service sends them to a port without a listener.',
  // Headline of the report: metrics of the incident in braces, of control as {control.failed_requests}.
  headline: '{failed_requests} of {requests} requests failed, while {pods} pods were ready',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  shape: 'lab', // a file of kind-configs/

  // The compared arms. manifests/ is the incident; every other arm states its difference.
  arms: {
    control: { kind: 'control', summary: 'the Service sends to the port the pods listen on', difference: 'control.yaml' },
    incident: { kind: 'incident', summary: 'targetPort 8081, without a listener' },
    'named-port': {
      kind: 'fix', // or mitigation: reduces the effect; folk: a common attempt that does not help
      summary: 'targetPort by the name of the container port',
      difference: 'remedies/named-port.yaml',
      costs: ['each container has to name its ports'],
    },
  },

  // Steady load; for one-time incidents such as an eviction use kind: 'episode'.
  trial: {
    kind: 'steady',
    load: { pod: 'app=client', program: 'http-load', rateRps: 20 }, // the client pod, and a program of workloads/
    servers: 'app=server', // the server pods
    full: { blocks: 6, warmup: '1s', window: '10s' }, // each arm gets one trial a block
    quick: { blocks: 2, warmup: '500ms', window: '3s' }, // with --quick
    limits: { sendLagP99Ms: 20, achievedRateRatio: 0.99 }, // beyond them a trial is invalid, and is repeated
  },

  // Files below harness/probe/, by their names, each with its options. They yield the metrics that the rules name.
  probes: { 'pod-share': {}, 'request-latency': {}, 'load-generator': {}, 'host-cpu': {} },

  // Rules of each verdict: all rules of a list must hold.
  expect: {
    fault: [metric('pods').atLeast(2)], // checked before the effect: the pods exist
    healthy: [metric('failed_requests').atMost(0)],
    reproduced: [metric('failed_requests').atLeast({ times: 0.99, of: 'requests' })],
    fixed: [metric('failed_requests').atMost(0)],
    mitigated: [metric('failed_requests').atMost({ times: 0.5, of: 'incident.failed_requests' })],
    worse: [metric('failed_requests').atLeast({ times: 1.5, of: 'incident.failed_requests' })],
  },
})
