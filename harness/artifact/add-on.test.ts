import { expect, test } from 'vitest'
import { addOnNamespace, addOnsNamed } from './add-on.ts'

test('add-ons are found by the names of their folders, each once, and say what is compiled for them', async () => {
  const found = await addOnsNamed(['istio', 'contour', 'istio'])
  expect(found.map(({ name }) => name)).toEqual(['istio', 'contour'])
  for (const { images } of found) expect(images.length).toBeGreaterThan(0)
  const compiled = await Promise.all(found.map(async ({ artifacts }) => (await artifacts()).map(({ name }) => name)))
  expect(compiled).toEqual([['pilot-discovery', 'pilot-agent', 'istioctl'], ['contour']])
  expect(addOnNamespace('istio')).toBe('lab-istio')
})

test('one that does not exist is wrong usage, and those there are are named', async () => {
  await expect(addOnsNamed(['linkerd'])).rejects.toMatchObject({
    exit: 'usage',
    details: { why: 'known add-ons: contour, istio, metrics-server' },
  })
})
