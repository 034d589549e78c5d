import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { migrate } from './migrate.ts'
import { openRuntime } from './runtime.ts'

/**
 * Makes and fills the databases of a new state directory; once. Returns the password of its
 * accounts, which nothing keeps, or undefined where there was nothing to do.
 */
export async function seedOnce(
  stateDir: string,
  vars: Record<string, string>,
  asked: string | undefined,
): Promise<string | undefined> {
  const mark = join(stateDir, 'seeded')
  if (existsSync(mark)) return undefined
  // A seeding that was cut short left half a world, in which nobody has done anything yet.
  rmSync(join(stateDir, 'runtime'), { recursive: true, force: true })

  const password = asked ?? randomBytes(12).toString('base64url')
  const script = await bundle('seed/main.ts')
  const seedVars = { ...vars, SEED_PASSWORD: password }
  const runtime = await openRuntime({
    script,
    stateDir,
    port: 0,
    vars: seedVars,
    isStorageOnly: true,
  })
  try {
    await migrate(runtime)
    const settled = await runtime.dispatchFetch('http://seed.invalid/', { method: 'POST' })
    if (!settled.ok) throw new Error(`Seeding failed: ${await settled.text()}`)
  } finally {
    await runtime.dispose()
  }
  writeFileSync(mark, `${new Date().toISOString()}\n`)
  return password
}
