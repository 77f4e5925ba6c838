// A small API server for tests: objects in memory with versions, watches, both kinds of patches, finalizers; no more is checked.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { KubeConfig } from '@kubernetes/client-node'
import { apiOf } from './api.ts'
import type { Api } from './api.ts'
import { jsonPatched, merged as mergedWith } from './small-api-patch.ts'
import type { Json, PatchStep } from './small-api-patch.ts'

/** An object as it is kept. */
export interface Kept {
  readonly metadata: {
    readonly name: string
    readonly uid: string
    readonly resourceVersion: string
    readonly annotations?: Readonly<Record<string, string>>
    readonly finalizers?: readonly string[]
    readonly deletionTimestamp?: string
  }
  readonly data?: Readonly<Record<string, string>>
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

type Answer = readonly [code: number, body: object]

const collections = ['pods', 'configmaps', 'secrets', 'deployments', 'fleets', 'leases']

/** Starts one for a test. */
export const startSmallApiServer = async (
  onFinished: (cleanUp: () => void) => void,
): Promise<{ readonly server: SmallApiServer; readonly api: Api }> => {
  const server = new SmallApiServer()
  const url = await server.start()
  onFinished(() => server.stop())
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'small', server: url, skipTLSVerify: true }, { name: 'controller' })
  return { server, api: apiOf(config) }
}

/** Listens on loopback. Objects are found under the path they have in the API. */
class SmallApiServer {
  readonly objects = new Map<string, Kept>()
  readonly #events: { readonly path: string; readonly version: number; readonly line: string }[] = []
  readonly #watches = new Set<{ readonly collection: string; readonly response: ServerResponse }>()
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #refusals = new Map<string, number>()
  /** Watches refused because they were to go on from a version that is forgotten. */
  refusedWatches = 0
  #version = 0
  #oldest = 0

  /** Resolves to the address. */
  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Watches there are. */
  get watching(): number {
    return this.#watches.size
  }

  stop(): void {
    this.#server.close().closeAllConnections()
  }

  /** Ends every watch, with this line as its last; none can go on from any version there was. */
  forget(lastLine = ''): void {
    this.#version += 1
    this.#oldest = this.#version
    for (const { response } of this.#watches) response.end(`${lastLine}\n`)
    this.#watches.clear()
  }

  /** Refuses these requests with this code, or not any more. */
  refuse(method: string, path: string, code: number | undefined): void {
    if (code === undefined) this.#refusals.delete(`${method} ${path}`)
    else this.#refusals.set(`${method} ${path}`, code)
  }

  /** Writes an object, merged into what there is, as somebody else would. An object to be deleted goes with its last finalizer. */
  write(path: string, patch: Json): Kept {
    this.#version += 1
    const before = this.objects.get(path)
    const identity = { uid: `uid-${this.#version}`, name: path.slice(path.lastIndexOf('/') + 1), ...before?.metadata }
    const merged = mergedWith({ ...before, metadata: identity }, patch) as unknown as Kept
    const object: Kept = { ...merged, metadata: { ...merged.metadata, resourceVersion: String(this.#version) } }
    const isGone = object.metadata.deletionTimestamp !== undefined && !object.metadata.finalizers?.length
    if (isGone) this.objects.delete(path)
    else this.objects.set(path, object)
    this.#notify(path, isGone ? 'DELETED' : before ? 'MODIFIED' : 'ADDED', object)
    return object
  }

  delete(path: string): Kept {
    return this.write(path, { metadata: { deletionTimestamp: new Date().toISOString() } })
  }

  #notify(path: string, type: string, object: Kept): void {
    const line = `${JSON.stringify({ type, object })}\n`
    this.#events.push({ path, version: this.#version, line })
    for (const { collection, response } of this.#watches) if (path.startsWith(`${collection}/`)) response.write(line)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost')
    const isWatch = url.searchParams.has('watch')
    const isTooOld = isWatch && Number(url.searchParams.get('resourceVersion')) < this.#oldest
    if (isWatch && !isTooOld) return this.#watch(url, response)
    if (isTooOld) this.refusedWatches += 1
    const [code, body] = isTooOld ? refused(410) : this.#reply(request, url.pathname, await bodyOf(request))
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  #watch({ pathname: collection, searchParams }: URL, response: ServerResponse): void {
    const since = Number(searchParams.get('resourceVersion'))
    const missed = this.#events.filter(({ path, version }) => path.startsWith(`${collection}/`) && version > since)
    response.writeHead(200).write(missed.map(({ line }) => line).join('') || '\n')
    const watch = { collection, response }
    this.#watches.add(watch)
    response.once('close', () => this.#watches.delete(watch))
  }

  #reply({ method, headers }: IncomingMessage, pathname: string, body: unknown): Answer {
    const path = pathname.replace(/\/status$/, '')
    const refusal = this.#refusals.get(`${method} ${path}`)
    if (refusal !== undefined) return refused(refusal)
    if (collections.includes(path.slice(path.lastIndexOf('/') + 1))) {
      return method === 'POST' ? this.#create(path, body as Kept) : [200, this.#list(path)]
    }
    const object = this.objects.get(path)
    if (object === undefined) return refused(404)
    if (method === 'GET') return [200, object]
    if (method === 'PUT') return this.#replace(path, object, body as Kept)
    if (method === 'DELETE') return this.#deleteVery(path, object, body as { readonly preconditions: { readonly uid: string } })
    if (headers['content-type'] === 'application/merge-patch+json') return this.#merge(path, object, body as Partial<Kept>)
    const patched = jsonPatched(object, body as readonly PatchStep[])
    return patched ? [200, this.write(path, patched)] : refused(422)
  }

  #list(collection: string): object {
    const items = [...this.objects].filter(([path]) => path.startsWith(`${collection}/`)).map(([, object]) => object)
    return { metadata: { resourceVersion: String(this.#version) }, items }
  }

  #create(collection: string, object: Kept): Answer {
    const path = `${collection}/${object.metadata.name}`
    return this.objects.has(path) ? refused(409, 'AlreadyExists') : [201, this.write(path, { ...object })]
  }

  #replace(path: string, before: Kept, object: Kept): Answer {
    const isSeen = object.metadata.resourceVersion === before.metadata.resourceVersion
    return isSeen ? [200, this.write(path, { ...object })] : refused(409)
  }

  #merge(path: string, before: Kept, patch: Partial<Kept>): Answer {
    const { resourceVersion = before.metadata.resourceVersion } = patch.metadata ?? {}
    return resourceVersion === before.metadata.resourceVersion ? [200, this.write(path, { ...patch })] : refused(409)
  }

  #deleteVery(path: string, { metadata }: Kept, { preconditions }: { readonly preconditions: { readonly uid: string } }): Answer {
    return preconditions.uid === metadata.uid ? [200, this.delete(path)] : refused(409)
  }
}

const bodyOf = (request: IncomingMessage): Promise<unknown> | undefined => (request.method === 'GET' ? undefined : json(request))

const reasons: Readonly<Record<number, string>> = { 404: 'NotFound', 409: 'Conflict', 422: 'Invalid' }

const refused = (code: number, reason = reasons[code]): Answer => [
  code,
  { kind: 'Status', code, reason, message: `refused with ${code}` },
]
