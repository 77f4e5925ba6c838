import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'One pod’s logs fill the disk, and innocent pods are evicted.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'three of them before the flooder: its bytes on a hostPath belong to no pod',
  },
  {
    says: 'New pods are refused: the node has disk pressure.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'by its taint; today’s scheduler says "untolerated taint"',
  },
  {
    says: 'Several nodes were hit at once.',
    answer: 'not-shown',
    how: 'one node is enough to show why, and each further one costs a small disk',
  },
  {
    says: 'The writer was found by comparing the disk with what each pod uses.',
    answer: 'not-shown',
    how: 'it cannot be found in that way on a hostPath, whose bytes the kubelet attributes to no pod; the lab shows the disk alone',
  },
  {
    says: 'First aid: the pod was taken down.',
    answer: 'refuted',
    arms: ['culprit-down'],
    how: 'its files stay, and so does the pressure',
  },
  {
    says: 'First aid: its logs were removed.',
    answer: 'reproduced',
    arms: ['culprit-down-logs-removed'],
    how: 'the service is back once the node has lost its taint',
  },
  {
    says: 'First aid: a node was added.',
    answer: 'reproduced',
    arms: ['another-node'],
    how: 'the evicted service starts there within seconds; the full node stays full, and the flooder may fill the next one',
  },
  {
    says: 'Logs belong on a persistent volume.',
    answer: 'reproduced',
    arms: ['external-volume'],
    how: 'when it is full, only its owner feels it',
  },
  {
    says: 'Limits on ephemeral storage repair it.',
    answer: 'reproduced',
    arms: ['ephemeral-limit'],
    how: 'for what the kubelet counts',
  },
  {
    says: 'The same limit without moving the logs repairs it.',
    answer: 'refuted',
    arms: ['limit-without-move'],
    how: 'a hostPath is not counted',
  },
  {
    says: 'Never use an emptyDir for logs.',
    answer: 'refuted',
    arms: ['empty-dir'],
    how: 'the flooder goes first and alone: its bytes are its own',
  },
  {
    says: 'Standard output and emptyDir lie on the same disk.',
    answer: 'reproduced',
    arms: ['log-rotation', 'empty-dir'],
    how: 'both bring the node under pressure, and both are counted',
  },
])
