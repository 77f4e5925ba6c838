// Writes the modfile of a minor version from Kubernetes' own go.mod. `node modfile.ts v1.34.4` writes v1.34.mod and v1.34.sum.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx/core'

const here = import.meta.dirname
const [, , version = ''] = process.argv
const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []
if (major === undefined) throw new Error('name a version that the Go module proxy serves, such as v1.34.4')

const go = $({ cwd: here, quiet: true })
const { GoMod } = JSON.parse((await go`go mod download -json k8s.io/kubernetes@${version}`).stdout) as { GoMod: string }
const theirs = await readFile(GoMod, 'utf8')

/** Modules of Kubernetes' repository. Its go.mod puts a folder in the place of each; elsewhere they have versions of their own, v0.34.4 for v1.34.4. */
const sisters = [...theirs.matchAll(/^\t(\S+) => \.\/staging\//gm)].map(([, path = '']) => path)
const required = sisters.filter((path) => theirs.includes(`\t${path} v0.0.0\n`))
const sisterVersion = `v0.${minor}.${patch}`
const directives = [...theirs.matchAll(/^(?:go|godebug) .+$/gm)].map(([line]) => line)

const modfile = `v${major}.${minor}.mod`
await writeFile(
  join(here, modfile),
  `// Kubernetes ${version}. Written by modfile.ts.
module kubernetes-incident-lab/kubernetes

${directives.join('\n\n')}

require (
	k8s.io/kubernetes ${version}
${required.map((path) => `\t${path} ${sisterVersion}`).join('\n')}
)

replace (
${sisters.map((path) => `\t${path} => ${path} ${sisterVersion}`).join('\n')}
)
`,
)
await go`go mod tidy -modfile=${modfile}`
