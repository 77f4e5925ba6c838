import { expect, test } from 'vitest'
import { establishedPeers } from './connections.ts'

// As the kernel prints it: local and remote address in hexadecimal, byte order of the machine, then the state.
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0500F40A:2328 0700F40A:C350 01 00000000:00000000 00:00000000 00000000 65532        0 1 1
   1: 00000000:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000 65532        0 2 1
   2: 0500F40A:C351 0A00F40A:2328 01 00000000:00000000 00:00000000 00000000 65532        0 3 1
   3: 0500F40A:2328 0800F40A:C350 06 00000000:00000000 00:00000000 00000000 65532        0 4 1
  sl  local_address                         remote_address                        st
   0: 0000000000000000FFFF00000500F40A:2328 0000000000000000FFFF00000900F40A:D431 01 00000000:00000000 00:00000000`

test('established connections to the port are found, over IPv4 and over IPv6 sockets', () => {
  expect(establishedPeers(table, 9000)).toEqual(['10.244.0.7', '10.244.0.9'])
})

test('listening, closing and outgoing ones are not', () => {
  expect(establishedPeers(table, 50001)).toEqual(['10.244.0.10'])
  expect(establishedPeers(table, 80)).toEqual([])
})
