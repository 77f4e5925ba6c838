import { expect, test } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { docker } from './engine.ts'

test('an engine that hangs is given up, and the error says what to do', async () => {
  await fakeProgram('docker', 'exec sleep 60')
  await expect(docker(['pause', 'worker'], 200)).rejects.toMatchObject({
    message: 'docker pause gave no answer in 0.2 s',
    exit: 'cannotRun',
    details: { next: 'the engine hangs: restart Docker, then `lab clean`' },
  })
})

test('what the engine complains of is the evidence', async () => {
  await fakeProgram('docker', 'echo "Error: No such container: worker" >&2; exit 1')
  await expect(docker(['pause', 'worker'])).rejects.toMatchObject({
    message: 'docker pause failed',
    details: { evidence: ['Error: No such container: worker'] },
  })
})
