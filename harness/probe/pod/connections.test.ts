import { expect, test } from 'vitest'
import { establishedConnections } from './connections.ts'

// As the kernel prints it: local and remote address in hexadecimal, byte order of the machine, then the state.
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0500F40A:2328 0700F40A:C350 01 00000000:00000000 00:00000000 00000000 65532        0 1 1
   1: 00000000:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000 65532        0 2 1
   2: 0500F40A:C351 0A00F40A:2328 01 00000000:00000000 00:00000000 00000000  1337        0 3 1
   3: 0500F40A:2328 0800F40A:C350 06 00000000:00000000 00:00000000 00000000 65532        0 4 1
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0000000000000000FFFF00000500F40A:2328 0000000000000000FFFF00000900F40A:D431 01 00000000:00000000 00:00000000 00000000 65532`

test('established connections are found with their ports and whose they are, over IPv4 and over IPv6 sockets', () => {
  expect(establishedConnections(table)).toEqual([
    { localPort: 9000, remote: '10.244.0.7', remotePort: 50000, user: 65532 },
    { localPort: 50001, remote: '10.244.0.10', remotePort: 9000, user: 1337 },
    { localPort: 9000, remote: '10.244.0.9', remotePort: 54321, user: 65532 },
  ])
})

test('listening and closing ones are not', () => {
  expect(establishedConnections(table.split('\n').slice(2, 3).join('\n'))).toEqual([])
  expect(establishedConnections(table.split('\n').slice(4, 5).join('\n'))).toEqual([])
})
