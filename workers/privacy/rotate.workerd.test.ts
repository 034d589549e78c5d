import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import * as mis from '#mis'
import * as people from '#people'
import * as privacy from '#privacy'
import { Directory, type School, statement } from '#shards'
import { sql } from 'drizzle-orm'
import { systemClock } from '#kernel'
import { openVault, readMasterKeys } from '#vault'
import { type Env, premisesOf } from '#workers/env.ts'
import { openObject } from '#workers/mis/files/objects.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'

// St Botolph’s gets a fresh key while the school goes on working.
let directory: Directory
let cast: Cast

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password: 'a gate left ajar' })
})

/** The school as the next request finds it: its keyring read again. */
const fresh = async (): Promise<School> => {
  const school = await directory.school(cast.botolphs.id, cast.botolphs.school.actor)
  if (!school) throw new Error('settled')
  return school
}
const { FILES } = env as unknown as Env
const resealSome = (school: School, by = directory) => privacy.resealSome(by, school, FILES)

/** Which keys the school's users in the directory are sealed under. */
const keysOfUsers = async (school: School) => {
  const found = await directory.rows<{ mark: string }>(
    statement(
      sql`select distinct substr(record, 1, 5) as mark from users where organisation_id = ${school.id}`,
    ),
  )
  return found.map(({ mark }) => mark)
}
const keysOfFiles = async (school: School) => {
  const { objects } = await FILES.list({ prefix: `imports/${school.id}/` })
  const texts = await Promise.all(objects.map(async ({ key }) => (await FILES.get(key))?.text()))
  return texts.flatMap((text) => (text ?? '').split('\n').map((piece) => piece.slice(0, 5)))
}

const underOldKey = async (school: School) => {
  const [counted] = await school.rows<{ old: number }>(
    statement(sql`
      select (select count(*) from pupils where school_id = ${school.id} and record like '1.k1.%')
        + (select count(*) from points where school_id = ${school.id} and record like '1.k1.%')
        + (select count(*) from restrictions where school_id = ${school.id} and record like '1.k1.%')
        as old`),
  )
  return counted?.old ?? -1
}

describe('a school’s key rotated', () => {
  it('keeps every pupil readable, and seals all anew until nothing is left', async () => {
    const before = await people.list(await fresh())
    expect(await underOldKey(await fresh())).toBeGreaterThan(10)

    await privacy.rotateKey(await fresh(), directory.premises.vault)
    const school = await fresh()
    expect(await people.list(school)).toEqual(before)

    for (let round = 0; round < 10; round++) {
      if ((await resealSome(school)).isDone) break
    }
    expect(await underOldKey(school)).toBe(0)
    expect(await people.list(await fresh())).toEqual(before)
    expect(await resealSome(school)).toEqual({ resealed: 0, isDone: true })
  })

  it('brings the users in the directory and the kept files over too, and the trail says so', async () => {
    const before = await fresh()
    const users = await access.list(directory, before)
    const uploaded = await mis.upload(before, FILES, {
      bytes: new TextEncoder().encode(mis.SAMPLE_CSV),
      fileName: 'pupils.csv',
      isPartial: true,
      dfeNumber: null,
      ourName: 'Elmfield',
    })
    const old = [await keysOfUsers(before), await keysOfFiles(before)].flat()
    expect(old.length).toBeGreaterThan(1)

    await privacy.rotateKey(before, directory.premises.vault)
    const school = await fresh()
    const now = `1.${(await school.keyring()).current.id}.`
    expect(old).not.toContain(now)
    expect((await resealSome(school)).isDone).toBe(true)

    expect(await keysOfUsers(school)).toEqual([now])
    expect(new Set(await keysOfFiles(school))).toEqual(new Set([now]))
    expect(await access.list(directory, await fresh())).toEqual(users)
    const file =
      uploaded.ok && (await openObject(await fresh(), FILES, { id: uploaded.id }, 'file'))
    expect(file && new TextDecoder().decode(file)).toBe(mis.SAMPLE_CSV)
    const [noted] = await audit.about(school, school.id, 1)
    expect(noted).toMatchObject({ action: 'data.resealed', facts: { isDone: true } })
  })

  it('does not hurt those who were at work under the older key', async () => {
    const longAtWork = await fresh()
    await people.list(longAtWork)
    // Another isolate rotates: its vault is not this one, and this one still has the old keyring.
    const { MASTER_KEYS } = env as unknown as { MASTER_KEYS: string }
    const elsewhere = openVault(
      (env as unknown as Env).VAULT,
      await readMasterKeys(MASTER_KEYS),
      systemClock,
    )
    await elsewhere.rotate(cast.botolphs.id)
    const their = new Directory({ ...directory.premises, vault: elsewhere })
    const theirs = await their.school(cast.botolphs.id, cast.botolphs.school.actor)
    if (!theirs) throw new Error('settled')
    for (let round = 0; round < 10; round++) {
      if ((await resealSome(theirs, their)).isDone) break
    }
    expect(await people.list(longAtWork)).toEqual(await people.list(theirs as School))
  })

  it('leaves the school next door as it was', async () => {
    const next = await directory.school(cast.oakfield.id, cast.oakfield.school.actor)
    expect(next && (await underOldKey(next))).toBeGreaterThan(0)
  })
})
