import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'A hundred pods hang in Terminating after their operator was deleted.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'in a full run; a dozen in a quick one',
  },
  {
    says: 'They hold their addresses until the subnet has none left.',
    answer: 'partly',
    arms: ['incident', 'myth-check'],
    how: 'where an address belongs to the pod object, as with branch network interfaces on EKS. On an ordinary network the node has them back at once',
  },
  {
    says: 'New pods cannot be scheduled.',
    answer: 'refuted',
    arms: ['incident'],
    how: 'they are scheduled, and then their sandbox gets no address: they stay in ContainerCreating',
  },
  {
    says: 'The script of the article removes the finalizers.',
    answer: 'refuted',
    arms: ['printed-script'],
    how: 'as printed it matches no finalizer: the variable is in single quotes, and a ">" strayed in',
  },
  {
    says: 'Removing the finalizers repairs it.',
    answer: 'reproduced',
    arms: ['strip-finalizers', 'corrected-script'],
    how: 'with the lab’s command, and with the script corrected',
  },
  {
    says: 'Room elsewhere helps.',
    answer: 'reproduced',
    arms: ['another-node'],
    how: 'the new pod starts on another node; the stuck pods keep their addresses',
  },
  {
    says: 'The operator must outlive what it looks after.',
    answer: 'reproduced',
    arms: ['control', 'restore-operator'],
    how: 'in the right order nothing hangs, and with the operator back nothing is left behind',
  },
])
