// A shape as kind is given it: the file's own nodes, and its last worker as often as workers are wanted.
import { parse, stringify } from 'yaml'

interface Shape {
  readonly nodes?: readonly { readonly role?: string }[]
}

/** kind's configuration of the shape with so many workers; a shape without workers stays as it is. */
export const withWorkers = (yaml: string, workers: number): string => {
  const shape = parse(yaml) as Shape
  const { nodes = [] } = shape
  const own = nodes.filter(({ role }) => role === 'worker')
  const last = own.at(-1)
  if (!last) return yaml
  const wanted = Array.from({ length: workers }, (_, index) => own[index] ?? last)
  return stringify(
    { ...shape, nodes: [...nodes.filter(({ role }) => role !== 'worker'), ...wanted] },
    { aliasDuplicateObjects: false },
  )
}
