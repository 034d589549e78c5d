import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import * as consent from '#consent'
import { showDate, showPhone, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../../test/cast/accounts.ts'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// Kerry Marsh has a mobile and an address. What is said of writing to her began in May and went on in June.
const ORIGIN = 'http://schoolgate.test'
const MAY_MS = Date.UTC(2026, 4, 4, 9)
const JUNE_MS = Date.UTC(2026, 5, 4, 9)
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let botolphs: CastSchool
/** The same school, then. */
let then: { school: School; clock: ReturnType<typeof stoppedClock> }
let okafor: string
let mobile: people.Point

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  botolphs = (await settle(directory, { password })).botolphs
  const clock = stoppedClock(MAY_MS)
  const before = new Directory(await premisesOf(env as unknown as Env, clock))
  const school = await before.school(botolphs.id, botolphs.school.actor)
  const found = await people.findContact(botolphs.school, botolphs.contact('Kerry Marsh'))
  const sms = found?.points.find(({ channel }) => channel === 'sms')
  if (!school || !sms) throw new Error('Kerry Marsh has a mobile')
  then = { school, clock }
  mobile = sms
  okafor = await signedIn('okafor')
})

const signedIn = (name: CastUser): Promise<string> =>
  wholeSession(directory, { email: castUsers[name].email, password })
const path = (name: string) => `/school/contacts/${botolphs.contact(name)}`
const ask = (cookie: string, at: string) =>
  worker.fetch(new Request(`${ORIGIN}${at}`, { headers: { Cookie: cookie }, redirect: 'manual' }))
const seen = async (name = 'Kerry Marsh') =>
  (await (await ask(okafor, path(name))).text()).replace(/\s+/g, ' ')
const count = (text: string, words: string) => text.split(words).length - 1

describe('what is said of writing to a contact', () => {
  test('is nothing at first, about each number and address', async () => {
    const found = await people.findContact(botolphs.school, botolphs.contact('Kerry Marsh'))
    const page = await seen()
    expect(count(page, 'Has not agreed to marketing.')).toBe(found?.points.length)
    expect(page).not.toContain('Only emergency and attendance')
  })

  test('is an agreement of one number, since when and by whom it is known', async () => {
    await then.school.write(consent.agreedByMis(then.school, [mobile]))
    const page = await seen()
    const said = `Agreed to marketing. The school’s own system has said so since ${showDate(MAY_MS)}.`
    expect(count(page, said)).toBe(1)
    expect(page).toMatch(new RegExp(`Mobile ${showPhone(mobile.value)}</dt>[^/]*${said}`))
    expect(page).toContain('Has not agreed to marketing.')
    expect(await seen('Dean Marsh')).not.toContain('Agreed to marketing')
  })

  test('is a no of the school’s own system, which is no STOP of theirs', async () => {
    await then.school.write(consent.stoppedByMis(then.school, [mobile]))
    const page = await seen()
    expect(page).toContain('Essential only')
    expect(page).not.toContain('Asked to stop')
    expect(page).toContain(`The school’s own system has said so since ${showDate(MAY_MS)}.`)
    expect(page).toContain('None is sent all the same')
  })

  test('is a parent’s own STOP beside it, with its own day', async () => {
    const { fingerprint } = mobile
    then.clock.advance(JUNE_MS - MAY_MS)
    await then.school.write(consent.stopped(then.school, 'sms', fingerprint, 'stop'))
    const page = await seen()
    expect(page).toContain('Asked to stop')
    expect(page).toContain(`They texted STOP on ${showDate(JUNE_MS)}.`)
    expect(page).not.toContain('Essential only')
    expect(await seen('Dean Marsh')).not.toContain('Asked to stop')
  })

  test('is an agreement that has ended, from when to when', async () => {
    await then.school.write(consent.withdrawnByMis(then.school, [mobile]))
    const page = await seen()
    expect(page).toContain('Does not agree to marketing any more.')
    expect(page).toContain(`from ${showDate(MAY_MS)} to ${showDate(JUNE_MS)}.`)
    expect(page).not.toContain('None is sent all the same')

    await then.school.write(consent.agreedByMis(then.school, [mobile]))
    expect(await seen()).toContain(`has said so since ${showDate(JUNE_MS)}. None is sent`)
  })
})

test('it is seen with the contact, by nobody else, and is one look at the contact in the trail', async () => {
  const { school } = botolphs
  const looks = () => audit.count(school, { actions: ['contact.viewed'] }, 100)
  const all = () => audit.count(school, {}, 1_000)
  const before = [await looks(), await all()] as const
  await seen()
  expect([await looks(), await all()]).toEqual([before[0] + 1, before[1] + 1])
  for (const name of ['abara', 'dot'] as const) {
    const answer = await ask(await signedIn(name), path('Kerry Marsh'))
    expect(await answer.text()).not.toMatch(/marketing|STOP/)
    expect(answer.status).not.toBe(200)
  }
})
