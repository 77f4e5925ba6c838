import { expect, test } from 'vitest'
import { readMachine, roomForWorkers } from './machine.ts'

const gib = 1024 ** 3
const machine = (cpus: number, memoryGib: number, inotifyInstances: number | null = 1024) => ({
  cpus,
  memoryBytes: memoryGib * gib,
  inotifyInstances,
})

test.each([
  ['2 CPUs, 24 GiB', machine(2, 24), 6, '2 CPUs'],
  ['4 CPUs, 24 GiB', machine(4, 24), 12, '4 CPUs'],
  ['4 CPUs, 8 GiB', machine(4, 8), 3, '8.0 GiB of memory'],
  ['2 CPUs, 4 GiB', machine(2, 4), 1, '4.0 GiB of memory'],
  ['1 CPU, 24 GiB', machine(1, 24), 3, '1 CPU'],
  [
    '4 CPUs, 24 GiB, and the kernel’s usual number of inotify instances',
    machine(4, 24, 128),
    7,
    'fs.inotify.max_user_instances is 128',
  ],
])('%s: room for what is tightest', (_of, of, workers, because) => {
  expect(roomForWorkers(of).sensible).toMatchObject({ workers, because })
})

test('CPUs limit what is sensible, not what is possible', () => {
  expect(roomForWorkers(machine(2, 24)).possible).toMatchObject({ workers: 15, because: '24.0 GiB of memory' })
})

test('the smallest machine has room for one worker, and an unknown number of inotify instances for any', () => {
  expect(roomForWorkers(machine(1, 2)).sensible.workers).toBe(1)
  expect(roomForWorkers(machine(64, 256, null)).sensible.workers).toBe(181)
})

test('what a cluster takes of the memory grows with its workers, and stays below what there is', () => {
  const { memoryGib } = roomForWorkers(machine(64, 16)).sensible
  expect(memoryGib).toBeGreaterThan(14)
  expect(memoryGib).toBeLessThan(16)
})

test('this machine is read, whether an engine answers or not', async () => {
  const { cpus, memoryBytes } = await readMachine()
  expect(cpus).toBeGreaterThan(0)
  expect(memoryBytes).toBeGreaterThan(gib)
})
