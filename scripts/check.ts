import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildUi } from './build-ui.ts'
import { program, root, toolEnvironment } from './places.ts'

const steps = [
  ['types', 'tsc', '-p', '.'],
  ['types of the islands', 'tsc', '-p', 'web/islands'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check'],
  ['tests', 'vitest', 'run', '--project', 'plain', '--project', 'workerd'],
] as const

/** The fast loop: everything that needs no browser. Answers the name of the first step that failed. */
export async function check(): Promise<string | undefined> {
  await buildUi()
  for (const [name, command, ...options] of steps) {
    const startedMs = Date.now()
    if (!runs(command, ...options)) return name
    console.log(`${name}: passed in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  }
  return undefined
}

/** Runs a program of node_modules in the foreground. Answers whether it was content. */
export function runs(command: string, ...options: string[]): boolean {
  const { status } = spawnSync(program(command), options, {
    cwd: root,
    env: toolEnvironment(),
    stdio: 'inherit',
  })
  return status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failed = await check()
  if (failed) console.error(`\nStopped: ${failed} failed.`)
  process.exit(failed ? 1 : 0)
}
