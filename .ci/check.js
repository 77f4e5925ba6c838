// npm run check: every script of package.json that begins with check:, two at a time. A tool that fails is shown with all that it said.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const tools = Object.keys(scripts).flatMap((name) => (name.startsWith('check:') ? [scripts[name]] : []))

const passes = (tool) =>
  new Promise((resolve) => {
    let said = ''
    const running = spawn(tool, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (text) => (said += text))
    running.on('close', (code) => {
      if (code !== 0) console.error(`${said.trimEnd()}\ncheck: ${tool} failed`)
      resolve(code === 0)
    })
  })

const work = async () => {
  for (let tool = tools.shift(); tool; tool = tools.shift()) if (!(await passes(tool))) process.exitCode = 1
}
await Promise.all([work(), work()])
