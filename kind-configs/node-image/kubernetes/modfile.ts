// Writes the modfile of a minor version from Kubernetes' own go.mod, with the etcd and the CoreDNS that its kubeadm names: `node modfile.ts v1.34.4`
// writes v1.34.mod and v1.34.sum. Where that CoreDNS does not compile with Kubernetes' client-go, name a newer one: `node modfile.ts v1.34.4 v1.12.4`.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from '../../../harness/artifact/shell.ts'

const here = import.meta.dirname
const [, , version = '', otherCoreDns] = process.argv
const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []
if (major === undefined) throw new Error('name a version that the Go module proxy serves, such as v1.34.4')

const go = $({ cwd: here, quiet: true })
const { GoMod, Dir } = JSON.parse((await go`go mod download -json k8s.io/kubernetes@${version}`).stdout) as Record<string, string>
const theirs = await readFile(GoMod ?? '', 'utf8')

/** The etcd and the CoreDNS that this version's kubeadm names. */
const constants = await readFile(join(Dir ?? '', 'cmd/kubeadm/app/constants/constants.go'), 'utf8')
const [, etcd = ''] = /DefaultEtcdVersion = "([\d.]+)/.exec(constants) ?? []
const [, namedCoreDns = ''] = /CoreDNSVersion = "v([\d.]+)/.exec(constants) ?? []
const coredns = otherCoreDns ?? `v${namedCoreDns}`

/** Modules of Kubernetes' repository. Its go.mod puts a folder in the place of each; elsewhere they have versions of their own, v0.34.4 for v1.34.4. */
const sisters = [...theirs.matchAll(/^\t(\S+) => \.\/staging\//gm)].map(([, path = '']) => path)
const required = sisters.filter((path) => theirs.includes(`\t${path} v0.0.0\n`))
const sisterVersion = `v0.${minor}.${patch}`
const directives = [...theirs.matchAll(/^(?:go|godebug) .+$/gm)].map(([line]) => line)

const modfile = `v${major}.${minor}.mod`
const block = (what: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n${what} (\n${lines.map((line) => `\t${line}\n`).join('')})\n`

/** Requirements of etcd and CoreDNS that are excluded are not followed. */
const write = async (excluded: readonly string[]): Promise<void> => {
  await writeFile(
    join(here, modfile),
    `// Kubernetes ${version}, with the etcd that its kubeadm names and CoreDNS ${coredns}. Written by modfile.ts.
// All are compiled with the libraries of Kubernetes: newer ones that CoreDNS or etcd asks for are excluded.
module kubernetes-incident-lab/kubernetes

${directives.join('\n\n')}

tool go.etcd.io/etcd/server/v3
${block('require', [
  `k8s.io/kubernetes ${version}`,
  `go.etcd.io/etcd/server/v3 v${etcd}`,
  `github.com/coredns/coredns ${coredns}`,
  ...required.map((path) => `${path} ${sisterVersion}`),
])}${block(
      'replace',
      sisters.map((path) => `${path} => ${path} ${sisterVersion}`),
    )}${block('exclude', excluded)}`,
  )
  await go`go mod tidy -modfile=${modfile}`
}

/** Their own modules have to be as new as they are. */
const own = /^(?:go\.etcd\.io|github\.com\/coredns)\//

/** `path version` of each module that is newer than Kubernetes' own go.mod asks for. */
const newer = async (): Promise<string[]> => {
  const ours = requiredBy(await readFile(join(here, modfile), 'utf8'))
  return [...requiredBy(theirs)].flatMap(([path, at]) => {
    const resolved = ours.get(path) ?? at
    return resolved === at || sisters.includes(path) || own.test(path) ? [] : [`${path} ${resolved}`]
  })
}

/** The version of each module that a go.mod requires, whatever it excludes. */
const requiredBy = (goMod: string): Map<string, string> =>
  new Map(
    [...goMod.replace(/^exclude \([^]*?\n\)/m, '').matchAll(/^\t(\S+) (v\S+)/gm)].map(([, path = '', at = '']) => [path, at]),
  )

const excluded: string[] = []
await write(excluded)
for (let found = await newer(); found.length > 0; found = await newer()) {
  console.log(`excluded: ${found.join(', ')}`)
  excluded.push(...found)
  await write(excluded)
}
