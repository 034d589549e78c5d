/**
 * Follows the trail of every organisation in a local state directory (`STATE_DIR`, default `.state`), from
 * a copy made now, whether the service runs or not. Answers 0 where all are whole, 1 where one is not, and 2
 * where nothing could be looked at. For what is deployed there is the page: Trail, "Check the trail now".
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeFrom } from './places.ts'
import { bundle } from './serving/bundle.ts'
import { openRuntime } from './serving/runtime.ts'
import { secretsIn } from './serving/secrets.ts'
import { inWords } from './trail/in-words.ts'
import type { Found } from './trail/main.ts'
import { snapshot } from './trail/snapshot.ts'

const stateDir = placeFrom('STATE_DIR', '.state')
const copyDir = mkdtempSync(join(tmpdir(), 'schoolgate-trail-'))
try {
  if (!existsSync(join(stateDir, 'seeded'))) throw new Error(`There is no data in ${stateDir}.`)
  const found = await verdictsOn(stateDir, copyDir)
  for (const one of found) console.log(inWords(one))
  process.exitCode = found.some(({ fault }) => fault) ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
} finally {
  rmSync(copyDir, { recursive: true, force: true })
}

async function verdictsOn(from: string, to: string): Promise<Found[]> {
  await snapshot(join(from, 'runtime'), join(to, 'runtime'))
  const runtime = await openRuntime({
    script: await bundle('scripts/trail/main.ts'),
    stateDir: to,
    port: 0,
    vars: { ...secretsIn(from), ENVIRONMENT: 'development', ORIGIN: 'http://localhost' },
    isStorageOnly: true,
  })
  try {
    const answer = await runtime.dispatchFetch('http://trail.invalid/')
    if (!answer.ok) throw new Error(`The trail could not be read: ${await answer.text()}`)
    const found = (await answer.json()) as Found[]
    if (found.length === 0) throw new Error('There is no organisation, so nothing was looked at.')
    return found
  } finally {
    await runtime.dispose()
  }
}
