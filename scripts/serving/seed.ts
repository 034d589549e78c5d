import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '../../workers/access/factors/totp.ts'
import { bundle } from './bundle.ts'
import { migrate } from './migrate.ts'
import { openRuntime } from './runtime.ts'

/** By what the seeded accounts are signed in to: nothing keeps it. */
export type SeededWith = {
  password: string
  /** Of the authenticator app, in base 32. */
  totp: string
}

/**
 * Makes and fills the databases of a new state directory; once. Returns by what its accounts are signed
 * in to, or undefined where there was nothing to do.
 */
export async function seedOnce(
  stateDir: string,
  vars: Record<string, string>,
  asked: { [Name in keyof SeededWith]: string | undefined },
): Promise<SeededWith | undefined> {
  const mark = join(stateDir, 'seeded')
  if (existsSync(mark)) return undefined
  // A seeding that was cut short left half a world, in which nobody has done anything yet.
  rmSync(join(stateDir, 'runtime'), { recursive: true, force: true })

  const password = asked.password ?? randomBytes(12).toString('base64url')
  const totp = asked.totp ?? newSecret()
  const script = await bundle('seed/main.ts')
  const seedVars = { ...vars, SEED_PASSWORD: password, SEED_TOTP: totp }
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
  return { password, totp }
}
