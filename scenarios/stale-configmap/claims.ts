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
  { says: 'The same holds for Secrets.', answer: 'not-shown', how: 'the scenario has a ConfigMap only' },
  {
    says: 'Restarts by hand are risky and do not scale.',
    answer: 'not-shown',
    how: 'a forgotten Deployment is the incident itself',
  },
  {
    says: 'Kubernetes updates mounted files; the process has to read them again.',
    answer: 'reproduced',
    arms: ['hot-reload', 'wait-for-sync', 'subpath-mount'],
    how: 'read for each connection they are in use within seconds; read once, or mounted by subPath, never',
  },
])
