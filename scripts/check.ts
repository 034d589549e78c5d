import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildUi } from './build-ui.ts'
import { foldersOf } from './changed-folders.ts'
import { program, root, toolEnvironment } from './places.ts'

/** Quick looks at the text of the code, side by side. */
const looks = {
  types: ['tsc', '-p', '.'],
  'types of the islands': ['tsc', '-p', 'web/islands'],
  lint: ['oxlint'],
  format: ['oxfmt', '--check'],
} as const

const TESTS = ['vitest', 'run', '--project', 'plain', '--project', 'workerd'] as const
const DOORS = 'test/doors/doors.workerd'

/**
 * `near`: while working, in a minute: the rules, every door by an eighth of the people, and of the tests in the real
 * runtime those of the folders that were changed. `all`: everything that needs no browser.
 */
export type Reach = 'near' | 'all'

/** Answers the names of what failed. */
export async function check(reach: Reach): Promise<string[]> {
  await buildUi()
  const names = Object.keys(looks) as (keyof typeof looks)[]
  const looked = await Promise.all(
    names.map(async (name) => ({ name, ...(await quietly(looks[name])) })),
  )
  const wrong = looked.filter(({ isRight }) => !isRight)
  for (const { name, said } of wrong) console.error(`\n${name}:\n${said}`)
  const isWell = await (reach === 'all' ? runs(...TESTS) : runNear())
  return [...wrong.map(({ name }) => name), ...(isWell ? [] : ['tests'])]
}

async function runNear(): Promise<boolean> {
  const near = foldersOf(changedFiles())
  console.log(`In the real runtime: the doors${near.map((folder) => `, ${folder}`).join('')}`)
  process.env['DOORS_SHARE'] ??= '8'
  process.env['FUZZ_RUNS'] ??= '100'
  const areRulesKept = await runs('vitest', 'run', '--project', 'plain')
  const doRun = await runs('vitest', 'run', '--project', 'workerd', DOORS, ...near)
  return areRulesKept && doRun
}

/** What the runtime's tests are chosen by: the files not committed, or not yet where they are shared. */
function changedFiles(): string[] {
  return [
    ['diff', '--name-only', 'HEAD'],
    ['ls-files', '--others', '--exclude-standard'],
    ['diff', '--name-only', '@{upstream}...HEAD'],
  ].flatMap((words) => {
    const { stdout } = spawnSync('git', words, { cwd: root, encoding: 'utf8' })
    return stdout ? stdout.split('\n') : []
  })
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
  const failed = await check(process.argv.includes('all') ? 'all' : 'near')
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(0)
  console.log(
    failed.length > 0 ? `\nFailed: ${failed.join(', ')}.` : `\nAll is well, after ${seconds} s.`,
  )
  process.exit(failed.length > 0 ? 1 : 0)
}
