import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, newId, stoppedClock, type UserId } from '#kernel'
import { Directory } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { users } from '../directory-tables.ts'
import { invitations } from '../invitations/directory-tables.ts'
import { bulkExports } from './directory-tables.ts'

// Sol asks, Kit decides: nobody takes a customer's data away alone.
const DAY_MS = 24 * 60 * 60_000
const clock = stoppedClock(Date.UTC(2026, 10, 23, 14, 2))
const wish = { what: 'users' as const, reason: 'The head asked for the list of accounts' }
let directory: Directory
let cast: Cast
let sol: access.BulkExportAreas
let kit: access.BulkExportAreas

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  cast = await settle(directory, { password: 'a gate left ajar' })
  // They have been there for years.
  await directory.db.update(users).set({ createdAtMs: clock.now() - 8 * DAY_MS })
  const as = (name: 'sol' | 'kit') => areasOf(cast.operator.user(name))
  sol = as('sol')
  kit = as('kit')
})

const areasOf = (id: UserId, customer = cast.botolphs.school): access.BulkExportAreas => ({
  customer: customer.as({ kind: 'operator', id, role: 'operator-administrator', access: null }),
  own: cast.operator.school.as({ kind: 'user', id }),
})

async function asked() {
  clock.advance(1)
  return again(await access.requestBulkExport(directory, sol, wish))
}
async function again(id: access.BulkExport['id']) {
  const found = await access.findBulkExport(directory, id)
  invariant(found, 'what was asked for is there')
  return found
}
/** The invitation by which an account was opened. */
async function invited(row: typeof users.$inferSelect, invitedBy: UserId) {
  const { organisationId, emailFingerprint, role, createdAtMs } = row
  const id = newId('invitation', createdAtMs)
  const record = { name: 'Kit', email: 'kit@schoolgate.example' }
  await directory.db.insert(invitations).values({
    id,
    organisationId,
    emailFingerprint,
    role,
    grants: [],
    yearGroups: null,
    secretHash: 'used up',
    record: await cast.operator.school.seal(invitations.record, id, record),
    invitedBy,
    createdAtMs,
    expiresAtMs: createdAtMs + DAY_MS,
    acceptedAtMs: createdAtMs,
  })
  return id
}
const decide = (one: access.BulkExport, by = kit, decision: 'approved' | 'refused' = 'approved') =>
  access.decideBulkExport(directory, by, one, decision)
const take = (one: access.BulkExport, by = sol) => access.takeBulkExport(directory, by, one)
const actions = async (one: access.BulkExport) =>
  (await audit.about(cast.botolphs.school, one.id, 10)).map(({ action }) => action).sort()

describe('a bulk export', () => {
  test('is asked for by one, agreed to by another, and fetched once; the customer’s trail has it all', async () => {
    const one = await asked()
    expect(one).toMatchObject({ ...wish, decision: null, fetchedAtMs: null })
    expect(await decide(one)).toBeUndefined()
    expect(await take(one)).toBeUndefined()
    expect(await take(one)).toEqual({ refused: 'not-to-be-had' })
    expect(await actions(one)).toEqual([
      'bulk-export.approved',
      'bulk-export.fetched',
      'bulk-export.requested',
    ])
    const [entry] = await audit.about(cast.botolphs.school, one.id, 1)
    expect([entry?.actorKind, entry?.facts.level]).toEqual(['operator', 'operator-administrator'])
  })

  test('is in the operator’s own trail too, which says whose data it was', async () => {
    const one = await asked()
    await decide(one)
    await take(one)
    const own = await audit.about(cast.operator.school, one.id, 10)
    expect(own.map(({ action }) => action).sort()).toEqual(await actions(one))
    for (const { facts } of own) expect(facts['organisation']).toBe(cast.botolphs.id)
  })

  test('has its reason for the customer to read, and for no other', async () => {
    const one = await asked()
    const [latest] = await access.bulkExportsOf(directory, cast.botolphs.school, 1)
    expect(latest).toEqual(one)
    expect(await access.bulkExportsOf(directory, cast.oakfield.school, 1)).toEqual([])
    const reasons = await access.bulkExportReasons(directory, cast.botolphs.school, [one.id])
    expect(reasons.get(one.id)).toBe(wish.reason)
    expect(await access.bulkExportReasons(directory, cast.oakfield.school, [one.id])).toEqual(
      new Map(),
    )
  })

  test('is not agreed to by somebody whom whoever asked made for it', async () => {
    const one = await asked()
    const id = cast.operator.user('kit')
    const [row] = await directory.db.select().from(users).where(eq(users.id, id))
    invariant(row, 'Kit is there')
    const of = eq(users.id, id)
    await directory.db
      .update(users)
      .set({ createdAtMs: clock.now() - 6 * DAY_MS })
      .where(of)
    expect(await decide(one)).toEqual({ refused: 'not-independent' })

    await directory.db.update(users).set({ createdAtMs: row.createdAtMs }).where(of)
    const invitation = await invited(row, cast.operator.user('sol'))
    expect(await decide(one)).toEqual({ refused: 'not-independent' })
    expect((await again(one.id)).decision).toBeNull()

    // To say no, anybody else will do; and whoever was invited by a third is a second person.
    const other = { invitedBy: cast.operator.user('dot') }
    await directory.db.update(invitations).set(other).where(eq(invitations.id, invitation))
    expect(await decide(one)).toBeUndefined()
  })

  test('is not agreed to by whoever asked', async () => {
    const one = await asked()
    expect(await decide(one, sol)).toEqual({ refused: 'own-request' })
    expect(await take(one)).toEqual({ refused: 'not-to-be-had' })
    expect(await actions(one)).toEqual(['bulk-export.requested'])
  })

  test('is not agreed to by whoever asked, told otherwise: the database says it again', async () => {
    const one = await asked()
    const forged = { ...one, requestedBy: cast.operator.user('kit') }
    expect(await decide(forged, sol)).toEqual({ refused: 'already-decided' })
    expect((await again(one.id)).decision).toBeNull()
  })

  test('is fetched by whoever asked, not by whoever agreed', async () => {
    const one = await asked()
    await decide(one)
    expect(await take(one, kit)).toEqual({ refused: 'not-to-be-had' })
    expect(await take(one)).toBeUndefined()
  })

  test('fetched twice at once is fetched once', async () => {
    const one = await asked()
    await decide(one)
    const answers = await Promise.all([take(one), take(one), take(one)])
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    expect(await actions(one)).toHaveLength(3)
  })

  test('that was refused is not to be had, and not decided again', async () => {
    const one = await asked()
    expect(await decide(one, kit, 'refused')).toBeUndefined()
    expect(await decide(one)).toEqual({ refused: 'already-decided' })
    expect(await take(one)).toEqual({ refused: 'not-to-be-had' })
  })

  test('is to be had for an hour', async () => {
    const one = await asked()
    await decide(one)
    clock.advance(60 * 60_000)
    expect(await take(one)).toEqual({ refused: 'not-to-be-had' })
  })

  test('that nobody decided on for a week has to be asked for again', async () => {
    const one = await asked()
    clock.advance(7 * 24 * 60 * 60_000)
    expect(await decide(one)).toEqual({ refused: 'already-decided' })
  })

  test('is one customer’s: another’s area cannot be used to fetch it', async () => {
    const one = await asked()
    await decide(one)
    expect(await take(one, areasOf(cast.operator.user('sol'), cast.oakfield.school))).toEqual({
      refused: 'not-to-be-had',
    })
  })

  test('has its reason sealed', async () => {
    await asked()
    expect(JSON.stringify(await directory.db.select().from(bulkExports))).not.toContain('accounts')
  })

  test('is in the list, the latest first', async () => {
    const latest = await asked()
    const [first, second] = await access.listBulkExports(directory, { limit: 2 })
    expect(first).toEqual(latest)
    const before = { limit: 1, before: latest.id }
    expect(await access.listBulkExports(directory, before)).toEqual([second])
  })
})
