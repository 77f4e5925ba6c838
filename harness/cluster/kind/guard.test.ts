import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { readLeft, strainOf } from './guard.ts'

test('a machine with little disk or memory left stops the run, with what is left and what to do; one with enough does not', () => {
  expect(strainOf({ diskGib: 20, memoryGib: 4 }, '/var/lib/docker')).toBeNull()
  expect(strainOf({ diskGib: 0.4, memoryGib: 4 }, '/var/lib/docker')).toMatchObject({
    details: {
      why: '0.4 GiB of disk are left at /var/lib/docker, and 1 GiB are kept free',
      next: expect.stringContaining('docker system df'),
    },
  })
  expect(strainOf({ diskGib: 20, memoryGib: 0.1 }, '/var/lib/docker')).toMatchObject({
    details: { why: '102 MiB of memory are left, and 256 MiB are kept free', next: expect.stringContaining('--workers') },
  })
})

test.skipIf(process.platform !== 'linux')('what is left of this machine can be read', async () => {
  const { diskGib, memoryGib } = await readLeft(tmpdir())
  expect(diskGib).toBeGreaterThan(0)
  expect(memoryGib).toBeGreaterThan(0)
  expect(memoryGib).toBeLessThan(100_000)
})
