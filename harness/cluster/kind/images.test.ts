import { expect, test } from 'vitest'
import { quietWork } from '../../test/fixtures/quiet-work.ts'
import { imageSources, workloadImages } from './images.ts'

test('an image that no folder makes is refused before anything is built, and those that there are are named', async () => {
  const known = (await imageSources()).map(({ name }) => name)
  await expect(workloadImages(quietWork, 'offline', ['incident-lab/no-such'])).rejects.toMatchObject({
    message: 'No folder under workloads/ makes the image incident-lab/no-such',
    exit: 'usage',
    details: { why: `known images: ${known.join(', ')}` },
  })
  expect(known).toContain('incident-lab/workloads')
})
