import { expect, test } from 'vitest'
import { addOnNamespace, addOnsNamed } from './add-on.ts'

test('add-ons are found by the names of their folders, each once, and say what it takes to prepare them', async () => {
  const found = await addOnsNamed(['istio', 'contour', 'istio'])
  expect(found.map(({ name }) => name)).toEqual(['istio', 'contour'])
  for (const { preparation, images } of found) {
    expect(preparation).toMatch(/minutes/)
    expect(images.length).toBeGreaterThan(0)
  }
  expect(addOnNamespace('istio')).toBe('lab-istio')
})

test('one that does not exist is wrong usage, and those there are are named', async () => {
  await expect(addOnsNamed(['linkerd'])).rejects.toMatchObject({
    exit: 'usage',
    details: { why: 'there are: contour, istio' },
  })
})
