import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'The database moved, and the pods did not notice.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'they used the old address to the end, and were ready all along',
  },
  {
    says: 'The pods have to be restarted by hand.',
    answer: 'reproduced',
    arms: ['control'],
    how: 'with the restart every request is answered',
  },
  {
    says: 'A reloader restarts them at each change.',
    answer: 'partly',
    arms: ['reloader', 'reloader-default-flags'],
    how: 'while it runs. With its default flags it loses a change that is made while it is down',
  },
  {
    says: 'The reloader is a container added to each Deployment.',
    answer: 'refuted',
    arms: ['reloader'],
    how: 'it is one controller for a namespace or a cluster, which patches Deployments that an annotation names',
  },
  {
    says: 'The same holds for Secrets.',
    answer: 'reproduced',
    arms: ['secret', 'secret-reloader'],
    how: 'in the environment a Secret goes stale in the same way, and the controller restarts the pods when it changes',
  },
  {
    says: 'Restarts by hand are risky and do not scale.',
    answer: 'reproduced',
    arms: ['one-forgotten'],
    how: 'of two Deployments that read the ConfigMap one was forgotten, and its pod failed every request',
  },
  {
    says: 'Kubernetes updates mounted files; the process has to read them again.',
    answer: 'reproduced',
    arms: ['hot-reload', 'wait-for-sync', 'subpath-mount'],
    how: 'read for each connection they are in use within seconds; read once, or mounted by subPath, never',
  },
])
