import { expect, test } from 'vitest'
import { programName } from './program-name.ts'

test.each([
  ['a subcommand is part of the name', ['/usr/local/go/bin/go', 'build', './...'], 'go', 'go build'],
  ['a flag is not', ['/usr/bin/curl', '--user=me:secret'], 'curl', 'curl'],
  ['nor is what looks like a file, a number or a secret', ['/usr/bin/mysql', 'Pa55w0rd'], 'mysql', 'mysql'],
  [
    'a script is named, without its folder',
    ['python3.12', '/home/me/train.py', '--token', 'secret'],
    'python3.12',
    'python3.12 train.py',
  ],
  ['also behind flags', ['node', '--max-old-space-size=4096', 'build.mjs'], 'node', 'node build.mjs'],
  ['code on the command line is not', ['bash', '-c', 'curl -H "Bearer secret"'], 'bash', 'bash'],
  ['a shell alone is its name', ['-bash'], 'bash', 'bash'],
  [
    'a title stands for a command line: the kernel has the name',
    ['/usr/lib/chromium/chromium --type=renderer'],
    'chromium',
    'chromium',
  ],
  ['a title is not the whole name', ['nginx: worker process'], 'nginx:', 'nginx'],
  ['a kernel thread has the name of its kind', [''], 'kworker/u8:2-events', 'kworker'],
])('%s', (_, words, comm, name) => {
  expect(programName(words, comm)).toBe(name)
})
