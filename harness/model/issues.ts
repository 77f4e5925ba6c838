// Problems found by zod, as lines of text.
import type * as z from 'zod'

/** For a union, the problems of the closest alternative: the others would only confuse. */
export const problemsIn = (
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
): { path: PropertyKey[]; message: string }[] =>
  issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    const [closest] = issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => weight(a) - weight(b)) : []
    return closest ? problemsIn(closest, path) : [{ path, message: issue.message }]
  })

const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

/** Every problem of one value, for errors that list them. */
export const issuesOf = (error: z.ZodError): string[] =>
  problemsIn(error.issues).map(({ path, message }) => `${path.join('.')}: ${message}`)
