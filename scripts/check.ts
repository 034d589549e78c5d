import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildUi } from './build-ui.ts'
import { program, root, toolEnvironment } from './places.ts'

/** Quick looks at the text of the code, side by side. */
const looks = {
  types: ['tsc', '-p', '.'],
  'types of the islands': ['tsc', '-p', 'web/islands'],
  lint: ['oxlint'],
  format: ['oxfmt', '--check'],
} as const

const TESTS = ['vitest', 'run', '--project', 'plain', '--project', 'workerd'] as const

/** The fast loop: everything that needs no browser. Answers the names of what failed. */
export async function check(): Promise<string[]> {
  await buildUi()
  const names = Object.keys(looks) as (keyof typeof looks)[]
  const looked = await Promise.all(
    names.map(async (name) => ({ name, ...(await quietly(looks[name])) })),
  )
  const failed = looked.filter(({ isRight }) => !isRight)
  for (const { name, said } of failed) console.error(`\n${name}:\n${said}`)
  return (await runs(...TESTS))
    ? failed.map(({ name }) => name)
    : [...failed.map(({ name }) => name), 'tests']
}

/** Runs a program of node_modules in the foreground. Answers whether it was content. */
export function runs(command: string, ...options: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    started(command, options, 'inherit').once('exit', (code) => resolve(code === 0))
  })
}

function quietly([command, ...options]: readonly [string, ...string[]]) {
  return new Promise<{ isRight: boolean; said: string }>((resolve) => {
    let said = ''
    const child = started(command, options, 'pipe')
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    }
    child.once('close', (code) => resolve({ isRight: code === 0, said }))
  })
}

const started = (command: string, options: readonly string[], stdio: 'inherit' | 'pipe') =>
  spawn(program(command), options, { cwd: root, env: toolEnvironment(), stdio })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startedMs = Date.now()
  const failed = await check()
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(0)
  console.log(
    failed.length > 0 ? `\nFailed: ${failed.join(', ')}.` : `\nAll is well, after ${seconds} s.`,
  )
  process.exit(failed.length > 0 ? 1 : 0)
}
