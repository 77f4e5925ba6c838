// Decides what a target may look like, and which part of it is the host.

/** A place to connect to. */
export interface Target {
  readonly host: string
  readonly port: number
  /** The target as written. */
  readonly address: string
}

/** The target, or undefined when the text is not host:port. */
export const parseTarget = (address: string): Target | undefined => {
  const [, host, digits] = /^([\w.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(address) ?? []
  const port = Number(digits)
  if (host === undefined || !(port >= 1 && port <= 65_535)) return undefined
  return { host: host.replace(/^\[|\]$/g, ''), port, address }
}
