// Whether the API server refused to create pods because a webhook did not answer.
import { defineTimelineProbe, z } from '../../../harness/index.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    refused_creations: {
      label: 'creations refused',
      brief: 'refused',
      meaning: 'messages of controllers whose pods were refused since a webhook did not answer',
      unit: 'messages',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: ({ events }) => {
    const refused = events.filter(
      ({ reason, message }) => reason === 'FailedCreate' && message.includes('failed calling webhook'),
    )
    return { metrics: { refused_creations: refused.length }, proof: refused.slice(0, 1).map(({ message }) => message) }
  },
})
