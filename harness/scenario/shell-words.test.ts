// What a scenario says goes into scripts on nodes: nothing of it may be read there as more than a name or a word.
import { afterEach, expect, test, vi } from 'vitest'
import { problemsWith } from '../test/fixtures/problems-with.ts'

afterEach(() => vi.unstubAllEnvs())

test.each(['remedies/../../x.sh', 'remedies/$(id).sh', 'remedies/a b.sh', 'remedies/.x.sh', '/x.sh'])(
  'the path %j names no script of a scenario',
  async (path) => {
    const { problems } = await problemsWith('http2-hot-pod', 'remedies/scale-out.sh', path)
    expect(problems).toEqual([expect.stringContaining('underLoad.run: a .sh file under triggers/ or remedies/')])
  },
)

test.each([`"2s' --v=9"`, `'$HOME'`, `'10%'`, `'a\\\\b'`])('the value %s of a flag of the kubelet is refused', async (value) => {
  const { problems } = await problemsWith('missing-priority-class', `interval': '2s'`, `interval': ${value}`)
  expect(problems).toEqual([expect.stringContaining('one word, of letters, digits')])
})
