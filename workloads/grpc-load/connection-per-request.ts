// Decides the mode in which every request pays for a connection of its own.
import type { Say } from '../open-loop/load.ts'
import { openChannel, sayOn } from './channel.ts'
import type { Flags } from './flags.ts'

/** Opens a connection for each request and closes it after the reply. Latency includes the set-up. */
export function connectionPerRequest({ target, deadlineMs }: Flags): Say {
  return async (sequence) => {
    const channel = openChannel(target.address, 'pick_first')
    const outcome = await sayOn(channel, sequence, deadlineMs)
    channel.close()
    return outcome
  }
}
