// Decides where requests go: the target's name is looked up once, so that they measure the service and not DNS.
import { lookup } from 'node:dns/promises'
import type { Target } from '../open-loop/target.ts'

/** The target with an address in the place of its name. Rejects when it has none. */
export const locate = async (target: Target): Promise<Target> => {
  try {
    const { address } = await lookup(target.host)
    return { ...target, host: address }
  } catch (error) {
    throw new Error(
      `${target.host} does not resolve: ${(error as NodeJS.ErrnoException).code}. Check that the Service is there.`,
      {
        cause: error,
      },
    )
  }
}
