// A problem of a scenario, and its place.

/** Path in the scenario, and message. `file` and `line`: if the problem is not in scenario.ts. */
export interface Problem {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly file?: string
  readonly line?: number
}
