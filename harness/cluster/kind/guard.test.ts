import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { inotifyOf, inotifyPressure, readLeft, hostPressure } from './guard.ts'

test('a machine with little disk or memory left stops the run, with what is left and what to do; one with enough does not', () => {
  expect(hostPressure({ diskGib: 20, memoryGib: 4 }, '/var/lib/docker')).toBeNull()
  expect(hostPressure({ diskGib: 0.4, memoryGib: 4 }, '/var/lib/docker')).toMatchObject({
    details: {
      why: expect.stringMatching(/^0\.4 GiB .*\/var\/lib\/docker.* 1 GiB/),
      next: expect.stringContaining('docker system df'),
    },
  })
  expect(hostPressure({ diskGib: 20, memoryGib: 0.1 }, '/var/lib/docker')).toMatchObject({
    details: { why: expect.stringMatching(/^102 MiB .* 256 MiB/), next: expect.stringContaining('--workers') },
  })
})

test.skipIf(process.platform !== 'linux')('what is left of this machine can be read', async () => {
  const { diskGib, memoryGib } = await readLeft(tmpdir())
  expect(diskGib).toBeGreaterThan(0)
  expect(memoryGib).toBeGreaterThan(0)
  expect(memoryGib).toBeLessThan(100_000)
})

test('a machine on which root has every inotify instance that one user may have stops the run; one left does not', () => {
  expect(inotifyPressure(127, 128)).toBeNull()
  expect(inotifyPressure(128, 128)).toMatchObject({
    details: { why: expect.stringMatching(/^all 128 inotify instances/), next: expect.stringContaining('sysctl -w fs.inotify') },
  })
})

test.skipIf(process.getuid?.() !== 0)('the inotify instances of a user are counted', async () => {
  const uid = 54_321 // nobody's
  expect(await inotifyOf(uid)).toBe(0)
  const followers = [1, 2].map(() => spawn('tail', ['-f', '/etc/passwd'], { uid, stdio: 'ignore' }))
  onTestFinished(() => followers.forEach((follower) => follower.kill()))
  await expect.poll(() => inotifyOf(uid)).toBe(2)
})
