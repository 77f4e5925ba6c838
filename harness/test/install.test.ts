// What `npm ci` prints on a machine whose Node.js is older than the one that the lab brings along: what is wrong, and nothing that is not.
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { isThere } from '../places.ts'
import { root } from './fixtures/lab-command.ts'

/** A project with the lab's settings of npm that needs a package for a Node.js version that does not exist. */
const install = async (wanted: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-install-'))
  const write = async (path: string, content: object): Promise<void> => {
    await mkdir(join(folder, path), { recursive: true })
    await writeFile(join(folder, path, 'package.json'), JSON.stringify(content))
  }
  await write('.', { name: 'project', version: '1.0.0', dependencies: { newer: wanted } })
  await write('newer', { name: 'newer', version: '1.0.0', engines: { node: '>=99' } })
  if (await isThere(join(root, '.npmrc'))) await cp(join(root, '.npmrc'), join(folder, '.npmrc'))
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  return execa('npm', ['install', '--offline', '--no-audit', '--no-fund'], {
    cwd: folder,
    reject: false,
    all: true,
    env,
    extendEnv: false,
  })
}

test('a package for a newer Node.js is no warning: the lab runs on the Node.js that is installed with it', async () => {
  const { exitCode, all } = await install('file:./newer')
  expect([exitCode, all]).toEqual([0, expect.not.stringContaining('EBADENGINE')])
})

test('a package that cannot be installed is still said, with its name', async () => {
  const { exitCode, all } = await install('999.999.999')
  expect([exitCode === 0, all]).toEqual([false, expect.stringMatching(/npm error[^]*newer/)])
})

interface Locked {
  readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly hasInstallScript?: boolean }>>
}

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), 'utf8')) as unknown

test('every package, Node.js for each platform among them, is in the lock file with its checksum, and none may run a script when it is installed', async () => {
  const { packages } = (await json('package-lock.json')) as Locked
  const { optionalDependencies, allowScripts } = (await json('package.json')) as Record<string, Record<string, unknown>>
  const others = Object.entries(packages).filter(([path]) => path !== '')
  expect(others.filter(([, { integrity }]) => !(integrity ?? '').startsWith('sha512-')).map(([path]) => path)).toEqual([])
  const ofNode = Object.keys(optionalDependencies ?? {}).map((name) => `node_modules/${name}`)
  expect(ofNode.length).toBeGreaterThan(3)
  for (const path of ofNode) expect(packages[path], path).toMatchObject({ integrity: expect.any(String) as unknown })
  const scripted = others
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1))
  for (const name of scripted) expect(allowScripts, name).toMatchObject({ [name ?? '']: false })
})
