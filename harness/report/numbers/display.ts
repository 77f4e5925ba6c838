// How a metric is shown on paper.

/** `brief` where room is scarce; `means` explains it in a sentence. */
export type Display = { readonly label: string; readonly brief?: string; readonly means?: string; readonly decimals?: number }
