// Lines of proof as a reader wants them: what several trials recorded alike is said once, with how often.

/** Each different line, in the order it was first recorded, and how many times it was. */
export const proofLines = (proof: readonly string[]): { readonly line: string; readonly times: number }[] =>
  [...new Set(proof)].map((line) => ({ line, times: proof.filter((each) => each === line).length }))
