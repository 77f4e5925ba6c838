// What a patch makes of an object, as the API server has it: for tests.

/** Any object of JSON. */
export type Json = Readonly<Record<string, unknown>>

/** One step of a JSON patch; `value` is what a test expects. */
export interface PatchStep {
  readonly op: string
  readonly path: string
  readonly value?: unknown
}

/** The target with a merge patch (RFC 7396) applied. */
export const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}

/** The object with a JSON patch (RFC 6902) of `test` and `remove` applied, or undefined when a test fails. */
export const jsonPatched = (object: object, steps: readonly PatchStep[]): Json | undefined => {
  const copy = structuredClone(object) as unknown as Json
  for (const { op, path, value } of steps) {
    const keys = path.slice(1).split('/')
    const last = keys.pop() ?? ''
    const parent = keys.reduce<unknown>((at, key) => (at as Json)[key], copy) as Record<string, unknown> | unknown[]
    if (op === 'test' && (parent as Json)?.[last] !== value) return undefined
    if (op === 'remove' && Array.isArray(parent)) parent.splice(Number(last), 1)
  }
  return copy
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
