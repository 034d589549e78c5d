// Makes migrations from the tables. `node scripts/migrations.mjs` squashes them into one 0000_start,
// which is right until the first release only; `--name word` adds a migration and is right after it.
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const drizzleKit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs')
export const schemas = ['directory', 'shard']
const GUARDS = '0001_guards.sql'

/** Runs drizzle-kit for one schema, into `out`. Answers what it said. */
export function generate(schema, out, ...options) {
  const ran = spawnSync(
    process.execPath,
    [drizzleKit, 'generate', '--config', `drizzle.${schema}.config.ts`, ...options],
    // drizzle-kit puts ./ before the path.
    { cwd: root, encoding: 'utf8', env: { ...process.env, MIGRATIONS_OUT: relative(root, out) } },
  )
  const said = `${ran.stdout}${ran.stderr}`
  if (ran.status !== 0) throw new Error(`drizzle-kit could not read the ${schema} tables.\n${said}`)
  return said
}

/** One squashed migration from the tables, and the hand-written guards after it. */
function squash(schema) {
  const folder = join(root, 'migrations', schema)
  mkdirSync(folder, { recursive: true })
  const later = readdirSync(folder).filter((name) => name.endsWith('.sql') && name > GUARDS)
  if (later.length > 0) {
    throw new Error(
      `migrations/${schema} has ${later.join(', ')}: add to them with --name instead.`,
    )
  }
  const guards = readFileSync(join(folder, GUARDS), 'utf8')
  const made = mkdtempSync(join(root, 'migrations', '.made-'))
  try {
    generate(schema, made, '--name', 'start')
    generate(schema, made, '--custom', '--name', 'guards')
    writeFileSync(join(made, GUARDS), guards)
    rmSync(folder, { recursive: true })
    renameSync(made, folder)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  console.log(`migrations/${schema}: 0000_start.sql and ${GUARDS}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.indexOf('--name')
  for (const schema of schemas) {
    if (named === -1) squash(schema)
    else
      console.log(
        generate(schema, join(root, 'migrations', schema), '--name', process.argv[named + 1]),
      )
  }
}
