// The result of `kubectl patch --patch-file`, computed before anything is deployed.
import { nameOf } from './client.ts'
import type { Manifest } from './client.ts'

/** Objects of the base, each with its difference merged in; objects the base does not have are added at the end. */
export const mergeObjects = (base: readonly Manifest[], difference: readonly Manifest[]): Manifest[] => {
  const patched = base.map(
    (object) => difference.filter((each) => isSame(each, object)).reduce<unknown>(merge, object) as Manifest,
  )
  return [...patched, ...difference.filter((each) => !base.some((object) => isSame(each, object)))]
}

const isSame = (a: Manifest, b: Manifest): boolean => a.apiVersion === b.apiVersion && nameOf(a) === nameOf(b)

/** Maps merge by key, and null removes; lists of named items (containers, environment, ports, volumes) merge by name; all else is replaced. */
const merge = (base: unknown, difference: unknown): unknown => {
  if (isNamedList(base) && isNamedList(difference)) return mergeNamed(base, difference)
  if (!isMap(base) || !isMap(difference)) return difference
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(difference)) {
    if (value === null) delete merged[key]
    else merged[key] = key in base ? merge(base[key], value) : value
  }
  return merged
}

type Named = { readonly name: string }

const mergeNamed = (base: readonly Named[], difference: readonly Named[]): unknown[] => [
  ...base.map((item) => difference.filter((each) => each.name === item.name).reduce<unknown>(merge, item)),
  ...difference.filter((item) => !base.some((each) => each.name === item.name)),
]

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNamedList = (value: unknown): value is Named[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item.name === 'string')
