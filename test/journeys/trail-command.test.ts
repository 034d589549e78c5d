import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { program, root } from '../../scripts/places.ts'
import { bundle } from '../../scripts/serving/bundle.ts'
import { openRuntime } from '../../scripts/serving/runtime.ts'
import { secretsIn } from '../../scripts/serving/secrets.ts'
import { seedOnce } from '../../scripts/serving/seed.ts'

// Somebody checks the trails from outside, while the service runs and after the databases were in other hands.
const stateDir = mkdtempSync(join(tmpdir(), 'schoolgate-trail-journey-'))
let runtime: Miniflare

beforeAll(async () => {
  const vars = { ...secretsIn(stateDir), ENVIRONMENT: 'development', ORIGIN: 'http://localhost' }
  await seedOnce(stateDir, vars, { password: 'seven grey herons by the weir', totp: undefined })
  const script = await bundle('workers/main.ts')
  runtime = await openRuntime({ script, stateDir, port: 0, vars })
})

afterAll(async () => {
  await runtime.dispose()
  rmSync(stateDir, { recursive: true, force: true })
})

const verify = (folder = stateDir) =>
  spawnSync(program('node'), ['scripts/verify-trail.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, STATE_DIR: folder },
  })

test('trails that are whole are said to be, though the service is running', async () => {
  expect((await runtime.dispatchFetch('http://localhost/healthz')).status).toBe(200)
  const { status, stdout, stderr } = verify()
  expect([stderr.replace(/.*Warning.*\n?/g, '').trim(), status]).toEqual(['', 0])
  expect(stdout.match(/^whole {2}/gm)).toHaveLength(4)
  expect((await runtime.dispatchFetch('http://localhost/healthz')).status).toBe(200)
})

test('one that was written over is found', async () => {
  const worker = await runtime.getWorker()
  await worker.scheduled({ cron: '* * * * *' })
  for (const database of trails()) {
    const triggers = `select name from sqlite_master where type = 'trigger' and tbl_name = 'trail'`
    for (const { name } of database.prepare(triggers).all()) database.exec(`drop trigger ${name}`)
    database.exec(`update trail set subject = 'pup_x' where position = 2`)
    database.close()
  }
  const { status, stdout } = verify()
  expect(status).toBe(1)
  expect(stdout).toContain('an entry was changed after it was written at entry 2')
})

test('where there is nothing to look at, that is no good news', () => {
  expect(verify(join(stateDir, 'elsewhere')).status).toBe(2)
})

function trails(): DatabaseSync[] {
  const folder = join(stateDir, 'runtime', 'd1', 'miniflare-D1DatabaseObject')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => new DatabaseSync(join(folder, name)))
    .filter((database) => {
      const isOne = database.prepare(`select 1 from sqlite_master where name = 'trail'`).get()
      if (!isOne) database.close()
      return isOne !== undefined
    })
}
