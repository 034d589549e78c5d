import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as attendance from '#attendance'
import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { invariant, isRefusal, millipence, newId, stoppedClock, type UserId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { Mark } from '../records/marks.ts'
import type { PupilKey, RosterPupil, RosterStaff } from '../records/roster.ts'
import type { PushedConsent } from './payload.ts'

/**
 * On Monday 23 November 2026 St Botolph’s has texts scheduled for tomorrow. In the night its agent sends what
 * the school’s system knows: orders, wishes, who works there, marks.
 */
const DAY_MS = 86_400_000
const EVENING = Date.UTC(2026, 10, 23, 20, 0)
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(EVENING)
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }
let cast: Cast
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school
  agent = await enrolAgent(directory, school, FILES)
})

const later = () => clock.advance(60_000)
const pushed = (sending: Parameters<PushingAgent['push']>[0]) => {
  later()
  return agent.push(sending)
}

async function pupilOf(name: string): Promise<people.Pupil> {
  const found = await people.find(school, cast.botolphs.pupil(name))
  invariant(found, 'the cast is on roll')
  return found
}

const keyOf = ({ record }: people.Pupil): PupilKey => ({
  upn: record.upn,
  admissionNumber: record.admissionNumber,
  reference: null,
})

/** A pupil as the school’s system has them: what is on the roll, with the contacts' flags. */
function asSent(pupil: people.Pupil, blocked: readonly string[] = []): RosterPupil {
  const { upn, admissionNumber, ...names } = pupil.record
  return {
    ...names,
    line: 2,
    key: { upn, admissionNumber, reference: null },
    yearGroup: pupil.yearGroup,
    registrationGroup: pupil.registrationGroup,
    house: pupil.house,
    phones: [],
    emails: [],
    contacts: pupil.contacts.map(({ record, points, ...tie }) => ({
      line: 2,
      title: record.title,
      forename: record.forename,
      surname: record.surname,
      language: record.language,
      relationship: tie.relationship,
      priority: tie.priority,
      hasParentalResponsibility: tie.hasParentalResponsibility,
      phones: points.flatMap(({ channel, value }) =>
        channel === 'email'
          ? []
          : [{ e164: value, kind: channel === 'sms' ? 'mobile' : 'landline' }],
      ),
      emails: points.flatMap(({ channel, value }) => (channel === 'email' ? [value] : [])),
      mayNotBeContacted: blocked.includes(people.contactName(record)),
    })),
  }
}

async function scheduled(pupil: string, category: messaging.Category = 'operational') {
  const message = await messaging.compose(school, okafor, sender, {
    audience: { ...messaging.nobody, pupils: [cast.botolphs.pupil(pupil)] },
    contactRule: 'everyone',
    category,
    channel: 'sms',
    subject: null,
    text: 'Bring wellingtons tomorrow.',
  })
  if (isRefusal(message)) throw new Error(message.refused)
  const when = {
    dueAt: Math.ceil(clock.now() / DAY_MS) * DAY_MS + 10 * 3_600_000,
    acceptsQuietHours: false,
  }
  expect(await messaging.schedule(school, message, when, sender, okafor)).toBeUndefined()
  return { message, dueAt: when.dueAt }
}

async function sentTo({ message, dueAt }: Awaited<ReturnType<typeof scheduled>>) {
  clock.advance(Math.max(0, dueAt - clock.now()))
  await messaging.dispatch(school, message.id, { isOpen: true })
  const parcels = await delivery.listByMessage(school, message.id, { limit: 50 })
  return parcels.map((parcel) => parcel.opened.address)
}

const mobileOf = (pupil: people.Pupil, at: number) =>
  pupil.contacts[at]?.points.find(({ channel }) => channel === 'sms')?.value
const flag = (pupil: people.Pupil, at: number, more: Partial<PushedConsent>): PushedConsent => {
  const { title = null, forename = null, surname = '' } = pupil.contacts[at]?.record ?? {}
  const contact = { title, forename, surname }
  const about = 'no-contact' as const
  return { line: 2, pupil: keyOf(pupil), contact, about, channel: null, isAllowed: false, ...more }
}
const sent = (...consents: PushedConsent[]) => ({
  kind: 'consents' as const,
  records: consents.map((each) => ({ consent: each })),
})

/** Whom the page of an import names, and what becomes of them. */
const touched = async (imported: mis.Import) =>
  (await mis.reportOf(school, FILES, imported, 'viewed'))?.touched.map(({ what, who, about }) =>
    [what, who, about ?? ''].join(' ').trim(),
  )

describe('an order in tonight’s data stops tomorrow’s scheduled text', () => {
  test('in a roster, for that child alone, and ends when the system says so', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const name = people.contactName(amara.contacts[0]?.record as people.ContactRecord)
    const message = await scheduled('Amara Adeyemi')
    const roster = (blocked: string[]) => ({
      records: [{ pupil: asSent(amara, blocked) }],
      opening: { saysNoContact: true as const },
    })
    const import_ = await pushed(roster([name]))
    expect(import_).toMatchObject({ state: 'applied', counts: { restrictions: { added: 1 } } })
    expect(await touched(import_)).toEqual([`order-laid ${name} Amara Adeyemi`])
    const addresses = await sentTo(message)
    expect(addresses).not.toContain(mobileOf(amara, 0))
    expect(addresses).toContain(mobileOf(amara, 1))

    const ended = await pushed(roster([]))
    expect(ended.counts?.restrictions).toMatchObject({ ended: 1 })
    expect(await touched(ended)).toEqual([`order-ended ${name} Amara Adeyemi`])
    expect(await sentTo(await scheduled('Amara Adeyemi'))).toContain(mobileOf(amara, 0))
  })

  test('among the flags alone, sent through the day', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const message = await scheduled('Amara Adeyemi')
    const import_ = await pushed(sent(flag(amara, 0, {}), flag(amara, 1, { isAllowed: true })))
    expect(import_).toMatchObject({ state: 'applied', counts: { restrictions: { added: 1 } } })
    expect(await sentTo(message)).not.toContain(mobileOf(amara, 0))
    const again = await pushed(sent(flag(amara, 0, {}), flag(amara, 1, { isAllowed: true })))
    expect(again.counts && mis.changesNothing(again.counts)).toBe(true)

    await pushed(sent(flag(amara, 0, { isAllowed: true })))
    expect(await sentTo(await scheduled('Amara Adeyemi'))).toContain(mobileOf(amara, 0))
  })

  test('that the school laid down itself ends by no yes of the system', async () => {
    const teddy = await pupilOf('Teddy Marsh')
    const dean = teddy.contacts.findIndex(({ record }) => record.forename === 'Dean')
    await pushed(sent(flag(teddy, dean, { isAllowed: true })))
    const restrictions = await people.restrictionsOf(school, [cast.botolphs.contact('Dean Marsh')])
    expect(restrictions.map(({ standing }) => standing)).toEqual(['all-contact'])
    expect(await sentTo(await scheduled('Teddy Marsh'))).not.toContain(mobileOf(teddy, dean))
  })

  test('about somebody who is not a contact of that pupil is rejected, and says of whom', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const contact = { title: null, forename: 'Nobody', surname: 'Known' }
    const import_ = await pushed(sent(flag(amara, 0, { contact, line: 9 })))
    const report = await mis.reportOf(school, FILES, import_, 'viewed')
    expect(report?.rejected).toEqual([
      { line: 9, field: 'contact', reason: 'unknown-person', subject: 'row' },
    ])
  })

  test('said both ways is held', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const import_ = await pushed(sent(flag(amara, 0, {}), flag(amara, 0, { isAllowed: true })))
    expect(import_).toMatchObject({ state: 'held', heldBecause: 'contradicts-itself' })
  })
})

describe('a wish not to be written to', () => {
  test('stops what is not essential, scheduled before too, and can be taken back', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const message = await scheduled('Amara Adeyemi')
    const import_ = await pushed(sent(flag(amara, 0, { about: 'non-essential', channel: 'sms' })))
    expect(import_.counts?.wishes).toMatchObject({ stopped: 1, resumed: 0 })
    const mother = people.contactName(amara.contacts[0]?.record as people.ContactRecord)
    expect(await touched(import_)).toEqual([`stopped ${mother}`])
    expect(await sentTo(message)).not.toContain(mobileOf(amara, 0))
    const absent = await scheduled('Amara Adeyemi', 'attendance')
    expect(await sentTo(absent)).toContain(mobileOf(amara, 0))
    const back = await pushed(
      sent(flag(amara, 0, { about: 'non-essential', channel: 'sms', isAllowed: true })),
    )
    expect(back.counts?.wishes).toMatchObject({ stopped: 0, resumed: 1 })
    expect(await sentTo(await scheduled('Amara Adeyemi'))).toContain(mobileOf(amara, 0))
  })

  test('comes in a roster too, and holds on where a later one does not speak of it', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const message = await scheduled('Amara Adeyemi')
    const [mother, ...others] = asSent(amara).contacts
    invariant(mother, 'Amara has a mother')
    const wishes = { sms: false, email: true, marketing: true }
    const contacts = [{ ...mother, wishes }, ...others]
    const roster = await pushed({ records: [{ pupil: { ...asSent(amara), contacts } }] })
    expect(roster.counts?.wishes).toMatchObject({ stopped: 1, resumed: 0, withdrawn: 0 })
    expect(roster.counts?.wishes?.agreed).toBe(amara.contacts[0]?.points.length)
    expect(await sentTo(message)).not.toContain(mobileOf(amara, 0))

    const silent = await pushed({ records: [{ pupil: asSent(amara) }] })
    expect(silent.counts).not.toHaveProperty('wishes')
    expect(await sentTo(await scheduled('Amara Adeyemi'))).not.toContain(mobileOf(amara, 0))
    expect(await consent.agreements(school)).toHaveLength(amara.contacts[0]?.points.length ?? 0)
    await pushed(sent(flag(amara, 0, { about: 'non-essential', isAllowed: true })))
  })

  test('that a parent sent as STOP is not taken back by the system', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const point = amara.contacts[0]?.points.find(({ channel }) => channel === 'sms')
    invariant(point, 'Amara’s mother has a mobile')
    await school.write(consent.stopped(school, 'sms', point.fingerprint, 'stop'))
    await pushed(sent(flag(amara, 0, { about: 'non-essential', isAllowed: true })))
    expect(await sentTo(await scheduled('Amara Adeyemi'))).not.toContain(point.value)
  })
})

describe('who works at the school', () => {
  const employee = (reference: string, surname: string, isCurrent = true): RosterStaff => ({
    line: 2,
    reference,
    title: 'Mr',
    forename: 'Sam',
    surname,
    phones: [],
    emails: [`${surname.toLowerCase()}@example.com`],
    isCurrent,
  })
  const staff = (scope: 'full' | 'partial', ...list: RosterStaff[]) =>
    pushed({ kind: 'staff', scope, records: list.map((each) => ({ staff: each })) })
  const surnames = async () => (await people.listStaff(school)).map(({ record }) => record.surname)

  test('comes with its numbers, is found again by id, and changes its name', async () => {
    const list = ['Ash', 'Bay', 'Cox', 'Day', 'Eve'].map((name) => employee(`s-${name}`, name))
    expect((await staff('full', ...list)).counts?.staff).toMatchObject({ added: 5, leaving: 0 })
    const again = await staff('full', ...list)
    expect(again.counts && mis.changesNothing(again.counts)).toBe(true)
    const married = await staff('partial', { ...employee('s-Ash', 'Oak') })
    expect(married.counts?.staff).toMatchObject({ added: 0, changed: 1 })
    expect(await touched(married)).toEqual(['staff-changed Mr Sam Oak'])
    expect(await surnames()).toContain('Oak')
    expect(await surnames()).not.toContain('Ash')
    // Whom the cast has beside them, typed in here, has not left by it.
    expect(await surnames()).toContain('Tennant')
  })

  test('has left when the system says so, which finds their account', async () => {
    const left = await staff('partial', employee('s-Bay', 'Bay', false))
    expect(left.counts?.staff).toMatchObject({ leaving: 1 })
    expect(await touched(left)).toEqual(['staff-left Mr Sam Bay'])
    expect(await surnames()).not.toContain('Bay')
    const key = await people.pointKey(school, 'email', 'bay@example.com')
    expect([...(await people.staffWhoLeft(school, [key])).keys()]).toEqual([key])
  })

  test('has not left by the dozen, unless somebody says so', async () => {
    const few = await staff('full', employee('s-Cox', 'Cox'))
    expect(few).toMatchObject({ state: 'held', heldBecause: 'removes-many-staff' })
    expect(await surnames()).toContain('Day')
    await mis.discard(school, FILES, few)
  })
})

describe('marks', () => {
  const mark = (pupil: PupilKey, code: Mark['code'], session: 'AM' | 'PM' = 'AM'): Mark => ({
    line: 3,
    pupil,
    date: '2026-11-23',
    at: { kind: 'session', session },
    code,
    minutesLate: null,
  })
  const registers = (...marks: Mark[]) =>
    pushed({ kind: 'registers', records: marks.map((each) => ({ mark: each })) })
  const nobody = { upn: null, admissionNumber: null }

  test('are of the pupil whose number they have, and of nobody else', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const import_ = await registers(
      mark(keyOf(amara), '/'),
      mark({ ...nobody, reference: amara.record.admissionNumber }, 'N'),
    )
    expect(import_).toMatchObject({ state: 'applied', counts: { entries: 1, rejected: 1 } })
    const year = await attendance.yearOf(school, amara.id)
    expect(year.sessions.filter(({ date }) => date === '2026-11-23')).toMatchObject([{ code: '/' }])
    const again = await registers(mark(keyOf(amara), '/'))
    expect(again.counts).toMatchObject({ entries: 0 })
  })

  test('are found by the id of the system that the roster came from', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const sent = asSent(amara)
    const key = { ...sent.key, reference: 'w-77' }
    await pushed({ records: [{ pupil: { ...sent, key } }], opening: { source: 'wonde' } })
    const of = (source: 'wonde' | 'xporter') =>
      pushed({
        kind: 'registers',
        records: [{ mark: mark({ ...nobody, reference: 'w-77' }, 'L', 'PM') }],
        opening: { source },
      })
    expect((await of('xporter')).counts).toMatchObject({ entries: 0, rejected: 1 })
    expect((await of('wonde')).counts).toMatchObject({ entries: 1, rejected: 0 })
  })

  test('of a day that has not come are held; none at all are not', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const ahead = { ...mark(keyOf(amara), '/'), date: '2027-06-01' }
    expect(await registers(ahead)).toMatchObject({ state: 'held', heldBecause: 'dated-ahead' })
    expect(await registers()).toMatchObject({ state: 'applied', counts: { entries: 0 } })
  })

  test('and what a pupil did, once', async () => {
    const amara = await pupilOf('Amara Adeyemi')
    const conduct = {
      line: 2,
      reference: 'c-1',
      pupil: keyOf(amara),
      kind: 'achievement' as const,
      date: '2026-11-20',
      type: 'Kindness',
      points: 2,
      description: null,
    }
    const praise = () => pushed({ kind: 'achievements', records: [{ conduct }] })
    expect((await praise()).counts).toMatchObject({ entries: 1 })
    expect((await praise()).counts).toMatchObject({ entries: 0 })
    expect(await attendance.conductThisYear(school, amara.id)).toHaveLength(1)
  })

  test('leave a trail that names the agent and no pupil', async () => {
    const [last] = await mis.list(school)
    const [entry] = await audit.about(school, last?.id ?? '', 1)
    expect(entry).toMatchObject({ facts: { agent: agent.id, kind: 'achievements' } })
    expect(JSON.stringify(entry)).not.toContain('pup_')
  })
})
