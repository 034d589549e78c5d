import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Feed } from './config.ts'
import { pushFeeds } from './push-feeds.ts'
import { readSecrets, textOf } from './secrets.ts'
import { type EnrolledWorld, enrolledWorld } from './testing/enrolled-world.ts'
import { putExport } from './testing/put-export.ts'

/**
 * A refusal is not sealed, so whoever holds the line can say one in Schoolgate's name, before a request gets there or
 * in place of its answer. It may cost a turn, as a cut line does; never a key, nor what there is to send.
 */
let at: EnrolledWorld
let feeds: Feed[]

beforeEach(async () => {
  at = await enrolledWorld()
  const path = join(at.folder, 'pupils.csv')
  await putExport(path, 'Surname,Forename,DOB,Adno\nAdeyemi,Amara,15/03/2016,1275')
  const source = { kind: 'sims-csv' as const, path }
  const schedule = { at: ['02:15'] }
  feeds = [{ name: 'pupils', data: 'roster', scope: 'full', source, schedule }]
})

const CODES = [
  'wrong-api-key',
  'wrong-time',
  'wrong-login',
  'revoked',
  'key-too-old',
  'replayed',
  'unknown-key',
  'does-not-open',
]

const refusal = (code: string) =>
  JSON.stringify({ type: `urn:schoolgate:problem:${code}`, title: code, status: 403 })

/** Said in place of Schoolgate, which is never asked. */
function forge(path: string, code: string): void {
  at.schoolgate.instead = (asked, request, response) => {
    if (!asked.startsWith(path)) return false
    request.resume()
    response.writeHead(403).end(refusal(code))
    return true
  }
}

/** Said in place of its answer: Schoolgate did what it was asked to, and the agent hears that it did not. */
function forgeAnswer(path: string, code: string): void {
  at.schoolgate.instead = (asked, _request, response) => {
    if (!asked.startsWith(path)) return false
    const end = response.end.bind(response)
    response.writeHead = (() => response) as ServerResponse['writeHead']
    response.end = (() => {
      response.statusCode = 403
      return end(refusal(code))
    }) as ServerResponse['end']
    return false
  }
}

const onDisk = async () => {
  const read = await readSecrets(at.world.state)
  if (!read.ok) throw new Error(read.reason)
  return read.secrets
}

const PATHS = ['GET /mis/v1/hello', 'POST /mis/v1/imports', 'POST /mis/v1/keys']

test('whatever is forged, and wherever, the next turn sends all there is', async () => {
  const { schoolgate, world } = at
  for (const path of PATHS) {
    for (const code of CODES) {
      for (const say of [forge, forgeAnswer]) {
        schoolgate.keys.wantsNewAgentKey = true
        schoolgate.keys.nextApiKey = textOf(crypto.getRandomValues(new Uint8Array(32)))
        await schoolgate.turnServerKey()
        say(path, code)
        const told = await pushFeeds(world, feeds, 1)
        const went = told.ok ? told.value.results.get('pupils')?.ok : false
        expect(went, `${path} ${code}`).toBe(path.endsWith('keys'))
        schoolgate.instead = undefined
        const sent = schoolgate.pushed.length
        const next = await pushFeeds(world, feeds, 1)
        const results = next.ok ? next.value.results : new Map()
        expect(results.get('pupils'), `after ${path} ${code}`).toMatchObject({ ok: true })
        expect(schoolgate.pushed.length).toBe(sent + 1)
        expect(schoolgate.agentPublicKeys).toContain((await onDisk()).keyPairs[0]?.publicKey)
      }
    }
  }
}, 60_000)

test('a forged “wrong-time” with a false time leaves the clock as Schoolgate’s own answer has it', async () => {
  const { schoolgate, world } = at
  let refused = 0
  schoolgate.instead = (asked, request, response) => {
    if (asked !== 'GET /mis/v1/hello') return false
    if (!request.headers.authorization) {
      schoolgate.aheadMs = 365 * 86_400_000
      return false
    }
    schoolgate.aheadMs = 0
    if (++refused > 1) return false
    response.writeHead(403).end(refusal('wrong-time'))
    return true
  }
  expect(await pushFeeds(world, feeds, 1)).toMatchObject({ ok: false, code: 'wrong-time' })
  expect(refused).toBe(2)
  expect((await onDisk()).clockAheadMs).toBeUndefined()
  schoolgate.instead = undefined
  expect(await pushFeeds(world, feeds, 1)).toMatchObject({ ok: true })
  expect(schoolgate.pushed).toHaveLength(1)
})
