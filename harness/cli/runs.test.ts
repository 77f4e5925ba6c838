import { expect, onTestFinished, test, vi } from 'vitest'
import { reportLeftBehind } from './runs.ts'

test('what clean-up could not undo is named beside any other error, with the command that tries again: exit 5', () => {
  const before = process.exitCode
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => {
    write.mockRestore()
    process.exitCode = before
  })
  process.exitCode = 4
  reportLeftBehind(['could not make worker as it was: no answer'])
  expect(process.exitCode).toBe(5)
  expect(write.mock.calls.join('')).toMatch(/could not make worker as it was: no answer[^]*`lab clean` tries again/)
})
