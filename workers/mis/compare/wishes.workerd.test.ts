import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { invariant, isRefusal, millipence, newId, stoppedClock, type UserId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found, upload } from '../../../test/cast/office.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'

/**
 * St Botolph’s system knows who may be texted, e-mailed and asked for money. On the evening of Monday 23
 * November 2026 the office uploads an export that says so, with messages scheduled for tomorrow.
 */
const DAY_MS = 86_400_000
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }
const ANN = '+447700900601'
const BOB = '+447700900602'
const ANN_EMAIL = 'ann.yarwood@example.com'
let cast: Cast
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school
  agent = await enrolAgent(directory, school, FILES)
  await uploaded(['', ''], ['', ''])
})

type Said = readonly [texted: string, marketing: string, emailed?: string]
const WISHES = ['May be texted', 'Agreed to marketing', 'May be e-mailed']
const NAMES = ['Forename', 'Surname', 'Mobile', 'Email', ...WISHES]

/** Dan Yarwood’s parents, Ann and Bob; by their phones unless Bob answers hers too. */
async function uploaded(hers: Said, his: Said, bobsPhone = '07700 900602'): Promise<mis.Import> {
  clock.advance(60_000)
  const of = (contact: string, [texted, marketing, emailed = '']: Said) =>
    `${contact},${texted},${marketing},${emailed}`
  const headings = [1, 2].flatMap((n) => NAMES.map((name) => `Contact ${n} ${name}`))
  const row = [
    ',R1,Yarwood,Dan,01/02/2018',
    of(`Ann,Yarwood,07700 900601,${ANN_EMAIL}`, hers),
    of(`Bob,Yarwood,${bobsPhone},`, his),
  ].join(',')
  const file = `UPN,Adno,Surname,Forename,DOB,${headings.join(',')}\r\n${row}\r\n`
  const imported = await upload(school, FILES, new TextEncoder().encode(file), { isPartial: true })
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  return found(school, imported.id)
}

async function dan() {
  const { pupils } = await people.snapshot(school)
  const records = await people.pupilRecords(
    school,
    pupils.map(({ id }) => id),
  )
  const [id] = [...records].find(([, record]) => record.surname === 'Yarwood') ?? []
  invariant(id, 'Dan was imported')
  return id
}

async function composed(category: messaging.Category, channel: 'sms' | 'email') {
  const message = await messaging.compose(school, okafor, sender, {
    audience: { ...messaging.nobody, pupils: [await dan()] },
    contactRule: 'everyone',
    category,
    channel,
    subject: channel === 'email' ? 'Tomorrow' : null,
    text: 'Bring wellingtons tomorrow.',
  })
  if (isRefusal(message)) throw new Error(message.refused)
  return message
}

async function scheduled(category: messaging.Category, channel: 'sms' | 'email' = 'sms') {
  const message = await composed(category, channel)
  const dueAt = Math.ceil(clock.now() / DAY_MS) * DAY_MS + 10 * 3_600_000
  const when = { dueAt, acceptsQuietHours: false }
  expect(await messaging.schedule(school, message, when, sender, okafor)).toBeUndefined()
  return { message, dueAt }
}
type Scheduled = Awaited<ReturnType<typeof scheduled>>

async function parcelsOf({ message, dueAt }: Scheduled) {
  clock.advance(Math.max(0, dueAt - clock.now()))
  await messaging.dispatch(school, message.id, { isOpen: true })
  return delivery.listByMessage(school, message.id, { limit: 50 })
}

const sentTo = async (one: Scheduled) =>
  (await parcelsOf(one)).map((parcel) => parcel.opened.address).sort()
const sentNow = async (category: messaging.Category, channel?: 'sms' | 'email') =>
  sentTo(await scheduled(category, channel))

/** Why each person is left out of a message that is to go to nobody, so that it cannot be scheduled. */
async function leftOutOf(category: messaging.Category, channel: 'sms' | 'email' = 'sms') {
  const message = await composed(category, channel)
  const { recipients, leftOut } = await messaging.check(school, message, sender)
  expect(recipients).toBe(0)
  return leftOut
    .filter(({ rule }) => rule !== 'nobody-reached')
    .map(({ rule, names }) => ({ [rule]: names }))
}
const ann = 'Ann Yarwood, for Dan Yarwood'
const bob = 'Bob Yarwood, for Dan Yarwood'
const nothing = { stopped: 0, resumed: 0, agreed: 0, withdrawn: 0 }

describe('may be written to', () => {
  test('no: tomorrow’s text leaves that number out, and says why; what is essential goes', async () => {
    const text = await scheduled('operational')
    const absence = await scheduled('attendance')
    const closed = await scheduled('emergency')
    const imported = await uploaded(['No', ''], ['', ''])
    expect(imported.counts).toMatchObject({
      wishes: { ...nothing, stopped: 1 },
      contacts: { changed: 0 },
    })
    expect(await sentTo(text)).toEqual([BOB])
    expect(await messaging.countLeftOut(school, text.message.id)).toEqual({ 'asked-to-stop': 1 })
    expect(await sentTo(absence)).toEqual([ANN, BOB])
    expect(await sentTo(closed)).toEqual([ANN, BOB])
    expect(await sentNow('operational', 'email')).toEqual([ANN_EMAIL])
  })

  test('an empty cell, or the same file again, changes nothing', async () => {
    expect((await uploaded(['No', ''], ['', ''])).counts?.wishes).toEqual(nothing)
    const silent = await uploaded(['', ''], ['', ''])
    expect(silent.counts && mis.changesNothing(silent.counts)).toBe(true)
    expect(await sentNow('operational')).toEqual([BOB])
  })

  test('yes again: it goes, from the next message on', async () => {
    const text = await scheduled('operational')
    const imported = await uploaded(['Yes', ''], ['', ''])
    expect(imported.counts?.wishes).toEqual({ ...nothing, resumed: 1 })
    expect(await sentTo(text)).toEqual([ANN, BOB])
  })

  test('stops what has left already and no carrier has', async () => {
    const text = await scheduled('operational')
    const absence = await scheduled('attendance')
    await Promise.all([sentTo(text), sentTo(absence)])
    await uploaded(['no', ''], ['', ''])
    const states = async (one: Scheduled) =>
      (await delivery.listByMessage(school, one.message.id, { limit: 9 }))
        .filter(({ opened }) => opened.address === ANN)
        .map(({ state, withheldBecause }) => [state, withheldBecause])
    expect(await states(text)).toEqual([['cancelled', 'stopped']])
    expect(await states(absence)).toEqual([['created', null]])
    await uploaded(['yes', ''], ['', ''])
  })

  test('a STOP that a parent sent is not undone by a yes, also where the system said no too', async () => {
    const phone = await people.pointKey(school, 'sms', ANN)
    await uploaded(['No', ''], ['', ''])
    clock.advance(60_000)
    await school.write(consent.stopped(school, 'sms', phone, 'stop'))
    const imported = await uploaded(['Yes', ''], ['', ''])
    expect(imported.counts?.wishes).toEqual({ ...nothing, resumed: 1 })
    expect(await sentNow('operational')).toEqual([BOB])
    clock.advance(60_000)
    await school.write(consent.resumed(school, 'sms', phone))
    expect(await sentNow('operational')).toEqual([ANN, BOB])
  })

  test('of e-mails is of e-mails alone', async () => {
    await uploaded(['', '', 'no'], ['', ''])
    expect(await leftOutOf('operational', 'email')).toEqual([
      { 'no-address': [bob] },
      { 'asked-to-stop': [ann] },
    ])
    expect(await sentNow('attendance', 'email')).toEqual([ANN_EMAIL])
    expect(await sentNow('operational')).toEqual([ANN, BOB])
    await uploaded(['', '', 'yes'], ['', ''])
    expect(await sentNow('operational', 'email')).toEqual([ANN_EMAIL])
  })
})

describe('agreed to marketing', () => {
  test('nobody has until the system says so; then those who do, as it is when the message leaves', async () => {
    expect(await leftOutOf('marketing')).toEqual([{ 'no-marketing-consent': [ann, bob] }])
    const imported = await uploaded(['', 'Yes'], ['', 'No'])
    expect(imported.counts?.wishes).toEqual({ ...nothing, agreed: 2 })
    const fair = await scheduled('marketing')
    expect((await uploaded(['', 'Yes'], ['', 'Yes'])).counts?.wishes).toMatchObject({ agreed: 1 })
    expect(await sentTo(fair)).toEqual([ANN, BOB])
    const sale = await scheduled('marketing')
    await uploaded(['', 'Yes'], ['', 'No'])
    expect(await sentTo(sale)).toEqual([ANN])
    expect(await sentNow('marketing', 'email')).toEqual([ANN_EMAIL])
    expect((await uploaded(['', 'Yes'], ['', 'No'])).counts?.wishes).toEqual(nothing)
  })

  test('a STOP beats it', async () => {
    const phone = await people.pointKey(school, 'sms', ANN)
    const left = [{ 'asked-to-stop': [ann] }, { 'no-marketing-consent': [bob] }]
    await school.write(consent.stopped(school, 'sms', phone, 'stop'))
    expect(await leftOutOf('marketing')).toEqual(left)
    await uploaded(['Yes', 'Yes'], ['', ''])
    expect(await leftOutOf('marketing')).toEqual(left)
    clock.advance(60_000)
    await school.write(consent.resumed(school, 'sms', phone))
    expect(await sentNow('marketing')).toEqual([ANN])
  })

  test('ends with a no, and what is on its way is kept back; other messages go on', async () => {
    const [fair, trip] = [await scheduled('marketing'), await scheduled('operational')]
    await Promise.all([sentTo(fair), sentTo(trip)])
    const imported = await uploaded(['', 'No'], ['', ''])
    expect(imported.counts?.wishes).toEqual({ ...nothing, withdrawn: 2 })
    const states = async ({ message }: Scheduled) =>
      (await delivery.listByMessage(school, message.id, { limit: 9 })).map(({ state }) => state)
    expect(await states(fair)).toEqual(['cancelled'])
    expect(new Set(await states(trip))).toEqual(new Set(['created']))
    expect(await leftOutOf('marketing')).toEqual([{ 'no-marketing-consent': [ann, bob] }])
  })

  test('ends with silence in a file that speaks of it', async () => {
    await uploaded(['', 'Yes'], ['', 'Yes'])
    const imported = await uploaded(['', ''], ['', 'Yes'])
    expect(imported.counts?.wishes).toEqual({ ...nothing, withdrawn: 2 })
    expect(await sentNow('marketing')).toEqual([BOB])
  })

  test('a list of some ends nobody else’s, one of everybody does', async () => {
    const amara = await consentOf('Amara Adeyemi')
    clock.advance(60_000)
    const partial = await agent.push({ kind: 'consents', scope: 'partial', records: [amara] })
    expect(partial.counts?.wishes).toMatchObject({ withdrawn: 0 })
    expect(await sentNow('marketing')).toEqual([BOB])
    clock.advance(60_000)
    const full = await agent.push({ kind: 'consents', scope: 'full', records: [amara] })
    expect(full.counts?.wishes).toEqual({ ...nothing, withdrawn: 1 })
    expect(await leftOutOf('marketing')).toEqual([{ 'no-marketing-consent': [ann, bob] }])
  })
})

describe('two people on one phone', () => {
  test('are both left alone by the no of one, and both are asked again once nobody says no', async () => {
    await uploaded(['Yes', 'Yes'], ['No', 'No'], '07700 900601')
    expect(await leftOutOf('operational')).toEqual([{ 'asked-to-stop': [ann, bob] }])
    expect(await sentNow('attendance')).toEqual([ANN, BOB])
    const imported = await uploaded(['Yes', 'Yes'], ['Yes', 'No'], '07700 900601')
    expect(imported.counts?.wishes).toMatchObject({ resumed: 2, agreed: 0 })
    expect(await sentNow('operational')).toEqual([ANN, BOB])
    expect(await leftOutOf('marketing')).toEqual([{ 'no-marketing-consent': [ann, bob] }])
    await uploaded(['', 'Yes'], ['', 'Yes'], '07700 900601')
    expect(await sentNow('marketing')).toEqual([ANN, BOB])
  })
})

async function consentOf(name: string) {
  const pupil = await people.find(school, cast.botolphs.pupil(name))
  const [contact] = pupil?.contacts ?? []
  invariant(pupil && contact, 'the cast have contacts')
  const { title, forename, surname } = contact.record
  const { upn, admissionNumber } = pupil.record
  return {
    consent: {
      line: 2,
      pupil: { upn, admissionNumber, reference: null },
      contact: { title, forename, surname },
      about: 'marketing' as const,
      channel: 'sms' as const,
      isAllowed: true,
    },
  }
}
