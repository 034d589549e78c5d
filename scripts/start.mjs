// npm start: installs what is missing, then serves on the Node that was installed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { currentNode, install, root } from './install.mjs'

install()

const options = [join(root, 'scripts', 'serve.ts'), ...process.argv.slice(2)]
// The channel is how `serve` notices that this process is gone, however it went.
const child = spawn(currentNode, options, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })

// A terminal sends Ctrl-C to both; whoever stops this process alone means both.
process.on('SIGINT', () => child.kill('SIGINT'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
