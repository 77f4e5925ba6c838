// What the shop depends on: it answers in 5 ms, or after 3 s while the file /state/slow is there.
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'

createServer((_request, response) => {
  setTimeout(() => response.end('posted\n'), existsSync('/state/slow') ? 3000 : 5)
}).listen(8080)
