// npm test: installs what is missing, then runs every check on the Node that was installed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { currentNode, install, root } from './install.mjs'

install()

const options = [join(root, 'scripts', 'test.ts'), ...process.argv.slice(2)]
const { status } = spawnSync(currentNode, options, { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
