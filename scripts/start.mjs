// npm start: installs what is missing, then serves on the Node that was installed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { currentNode, install, root } from './install.mjs'

install()

const options = [join(root, 'scripts', 'serve.ts'), ...process.argv.slice(2)]
const child = spawn(currentNode, options, {
  cwd: root,
  // The channel is how `serve` notices that this process is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  // A group of its own, so that the runtime it starts can be cleared away if it is killed.
  detached: true,
})

process.on('SIGINT', () => child.kill('SIGINT'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  if (signal) clearAway(child.pid)
  process.exit(code ?? 1)
})

function clearAway(group) {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // Nothing of it was left.
  }
}
