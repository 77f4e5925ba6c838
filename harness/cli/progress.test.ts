import { execa } from 'execa'
import { expect, test } from 'vitest'

test('progress is printed on standard error: what is printed as JSON stays JSON', async () => {
  const file = JSON.stringify(`${import.meta.dirname}/progress.ts`)
  const program = `import { makeStep } from ${file}; await makeStep()('make it', async () => {}); console.log('{}')`
  const { stdout, stderr } = await execa('node', ['--input-type=module', '--eval', program], { preferLocal: true })
  expect(stdout).toBe('{}')
  expect(stderr).toContain('make it')
})
