import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'At each sync of Argo CD pods were scaled down for some seconds.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'each sync writes the number in Git over that of the autoscaler. The lab applies as such a controller does; it runs no Argo CD',
  },
  {
    says: 'A manual edit had put `replicas` into the annotation last-applied-configuration.',
    answer: 'partly',
    arms: ['field-removed', 'last-applied-repaired'],
    how: 'with the field in the annotation alone, one sync takes the pods away and rewrites the annotation: the next one does no harm. For a dip at each sync the field has to be in Git',
  },
  {
    says: 'Client-side apply kept overwriting what the autoscaler had set.',
    answer: 'reproduced',
    arms: ['incident', 'kubectl-scale'],
    how: 'it does so with what anybody sets, a person with kubectl scale as well as the autoscaler',
  },
  {
    says: 'Server-side apply would have shown the conflict.',
    answer: 'reproduced',
    arms: ['server-side-conflict', 'server-side-apply'],
    how: 'the API server names the owner of the field and refuses the sync; without the field in Git it merges',
  },
])
