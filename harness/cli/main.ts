// The program `lab`: runs one command and exits.
import { runLab } from './run-lab.ts'
import { listenForSignals } from './signals.ts'

listenForSignals()
await runLab(process.argv.slice(2))
process.exit() // the API client's idle connections would hold the process for another 30 s
