// Installs what is missing. Plain JavaScript without dependencies, for whatever Node is there.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The Node that everything runs on: the package `node`, since tools want 22 and the machine may have 20. */
export const currentNode = join(root, 'node_modules', 'node', 'bin', 'node')

/** Makes node_modules what package-lock.json says. Exits with a plain sentence where it cannot. */
export function install() {
  if (isInstalled()) return
  console.log('Installing packages. This takes a minute, the first time.')
  // Not `npm ci`: it refuses a lock file that leaves out other platforms’ packages.
  if (!npm('install')) {
    stop('The packages could not be installed. npm says above what is wrong: is there a network?')
  }
  if (!existsSync(currentNode)) {
    stop('The package "node" has no program in it: npm must be allowed to run its install script.')
  }
}

/** Whether every package of the lock file is there in its version. Other platforms’ ones are not wanted. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (!installed || !existsSync(currentNode)) return false
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {}
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  )
}

function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined
}

function npm(command) {
  // Not with the Node inside node_modules, which npm is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter)
  const env = {
    ...process.env,
    PATH: path.filter((one) => !one.startsWith(join(root, 'node_modules'))).join(delimiter),
  }
  const options = [command, '--no-fund', '--no-audit', '--loglevel=error']
  return spawnSync('npm', options, { cwd: root, env, stdio: 'inherit' }).status === 0
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
