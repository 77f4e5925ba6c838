// `make test` after its checks: the tests that need no cluster beside those that mostly wait for one; then those that measure, with the machine to themselves.
import { spawn } from 'node:child_process'

/** Whether the command ended well. What one says that runs beside another is shown when it has ended. */
const run = (command, shown = 'as it comes') =>
  new Promise((resolve) => {
    const output = shown === 'as it comes' ? 'inherit' : 'pipe'
    const child = spawn(command, { shell: true, stdio: ['ignore', output, output] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text))
    child.on('close', (code) => {
      process.stdout.write(said)
      resolve(code === 0)
    })
  })

const clusterIsThere = () =>
  new Promise((resolve) => {
    const child = spawn('npx lab status', { shell: true, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.on('close', () => resolve(!said.startsWith('no cluster')))
  })

const interruptions = async () =>
  (await run('npx lab up', 'when it has ended')) && run('npm run --silent test:interruption', 'when it has ended')

let isStopped = false
process.on('SIGINT', () => (isStopped = true)) // the terminal sends it to the commands too, and they end; the cluster is removed below

const wasThere = await clusterIsThere()
try {
  const [hermetic, interrupted] = await Promise.all([run('npm run --silent test:hermetic'), interruptions()])
  const passed = hermetic && interrupted && !isStopped && (await run('npm run --silent test:smoke'))
  if (!passed) process.exitCode = 1
} finally {
  if (!wasThere) await run('npx lab down')
}
