// Something that is wrong with a scenario, and where.

/** Where in the scenario, and what. `file`, with `line`: of the scenario's folder, where it is not scenario.ts. */
export interface Problem {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly file?: string
  readonly line?: number
}
