import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { isRefusal, type MessageId, millipence, newId, stoppedClock, type UserId } from '#kernel'
import { Directory, type School, system } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import * as messaging from './index.ts'
import { nobody, type Received } from './index.ts'

/** Parents write back to St Botolph's. The carrier acts; Mrs Okafor reads all, Miss Bell her own. */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 9))
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }
const bell = { id: newId('user') as UserId, years: ['Year 4'], seesAll: false }
const HOUR_MS = 3_600_000
const MRS_ADEYEMI = '+447700900011'
const MR_ADEYEMI = '+447700900012'
const LINDQVISTS = '+447700900041'

const open = { isOpen: true }

let cast: Cast
let school: School
let carrier: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school.as({ kind: 'user', id: okafor.id })
  carrier = cast.botolphs.school.as(system('carrier'))
})

let events = 0
const received = (from: string, text: string, more: Partial<Received> = {}): Received => {
  clock.advance(60_000)
  events++
  return { from, text, provider: 'sandbox-a', eventId: `evt-${events}`, atMs: clock.now(), ...more }
}

async function receive(from: string, text: string) {
  const kept = await messaging.receive(carrier, received(from, text))
  if (kept === 'already') throw new Error('it is new')
  return kept.id
}

async function textFrom(author: typeof okafor | typeof bell, name: string) {
  const audience = { ...nobody, pupils: [cast.botolphs.pupil(name)] }
  const message = await messaging.compose(school, author, sender, {
    audience,
    contactRule: 'first',
    category: 'operational',
    channel: 'sms',
    subject: null,
    text: 'The coach is late.',
  })
  if (isRefusal(message)) throw new Error(message.refused)
  const when = { dueAt: 'now', acceptsQuietHours: false } as const
  expect(await messaging.schedule(school, message, when, sender, author)).toBeUndefined()
  expect(await messaging.dispatch(school, message.id, open)).toBe('dispatched')
  return message
}

/** A carrier has taken all of it. */
async function carried({ id }: { id: MessageId }) {
  const parcels = await delivery.listByMessage(school, id, { limit: 50 })
  const told = parcels.map(({ id: parcel }) => ({
    shard: school.shard,
    school: school.id,
    parcel,
    provider: 'larch',
    eventId: newId('request'),
    providerMessageId: `larch-${parcel}`,
    state: 'sent' as const,
    code: null,
    atMs: clock.now(),
  }))
  await delivery.applyReceipts(school, told)
}

const threads = (author: typeof okafor | typeof bell) =>
  messaging.listThreads(school, author, { limit: 20, offset: 0 })

test('a reply told twice, even at once, is kept once', async () => {
  const reply = received(MRS_ADEYEMI, 'Thank you')
  const told = await Promise.all([
    messaging.receive(carrier, reply),
    messaging.receive(carrier, reply),
  ])
  expect(told.filter((one) => one === 'already')).toHaveLength(1)
  expect(await messaging.receive(carrier, reply)).toBe('already')
  expect(await messaging.countThreads(school, okafor)).toEqual({ threads: 1, unread: 1 })
})

test('it is put down to the one contact whose number it is, whichever way the number is written', async () => {
  const kept = await messaging.receive(carrier, received('07700 900011', 'On my way'))
  if (kept === 'already') throw new Error('it is new')
  const reply = await messaging.findReply(school, okafor, kept.id)
  expect(reply).toMatchObject({
    contactId: cast.botolphs.contact('Folake Adeyemi'),
    record: { from: MRS_ADEYEMI, text: 'On my way' },
    readAtMs: null,
  })
})

test('a phone that two people answer, or nobody we know, is put down to nobody', async () => {
  for (const from of [LINDQVISTS, '+447700900999', '60300']) {
    const reply = await messaging.findReply(school, okafor, await receive(from, 'Who is this?'))
    expect(reply?.contactId).toBeNull()
    expect(
      (await messaging.listThread(school, okafor, reply!)).map(({ record }) => record.from),
    ).toEqual([from])
  }
})

test('one parent’s thread has nothing of the other’s', async () => {
  const fathers = await messaging.findReply(
    school,
    okafor,
    await receive(MR_ADEYEMI, 'It is my weekend'),
  )
  const mothers = await messaging.findReply(
    school,
    okafor,
    await receive(MRS_ADEYEMI, 'It is mine'),
  )
  const texts = async (reply: typeof fathers) =>
    (await messaging.listThread(school, okafor, reply!)).map(({ record }) => record.text)
  expect(await texts(fathers)).toEqual(['It is my weekend'])
  expect(await texts(mothers)).toEqual(['Thank you', 'On my way', 'It is mine'])
})

test('reading marks what was looked at, not what came after, and leaves a trail', async () => {
  const seen = await messaging.findReply(school, okafor, await receive(MR_ADEYEMI, 'Sorry'))
  const shown = await messaging.listThread(school, okafor, seen!)
  await receive(MR_ADEYEMI, 'One more thing')
  await messaging.read(
    school,
    okafor,
    seen!,
    shown.map(({ id }) => id),
  )
  const [newest] = (await threads(okafor)).filter(
    ({ newest: one }) => one.contactId === seen!.contactId,
  )
  expect(newest).toMatchObject({
    unread: 1,
    replies: 3,
    newest: { record: { text: 'One more thing' } },
  })
  expect((await audit.about(school, seen!.id, 5)).map(({ action }) => action)).toContain(
    'reply.read',
  )
})

test('a reply that its carrier tells of late is new, however old it is', async () => {
  const seen = await messaging.findReply(school, okafor, await receive(MR_ADEYEMI, 'Fine'))
  const late = received(MR_ADEYEMI, 'Not fine', { atMs: clock.now() - HOUR_MS })
  const kept = await messaging.receive(carrier, late)
  await messaging.read(school, okafor, seen!, [seen!.id])
  if (kept === 'already') throw new Error('it is new')
  expect((await messaging.findReply(school, okafor, kept.id))?.readAtMs).toBeNull()
  await messaging.read(school, okafor, seen!, [kept.id])
  expect((await messaging.findReply(school, okafor, kept.id))?.readAtMs).toBe(clock.now())
})

test('what is said of another thread is not marked with this one', async () => {
  const hers = await messaging.findReply(school, okafor, await receive(MRS_ADEYEMI, 'Mine'))
  const his = await messaging.findReply(school, okafor, await receive(MR_ADEYEMI, 'His'))
  await messaging.read(school, okafor, his!, [his!.id, hers!.id])
  expect((await messaging.findReply(school, okafor, hers!.id))?.readAtMs).toBeNull()
})

test('threads with something unread come first', async () => {
  const list = await threads(okafor)
  const unread = list.map((thread) => thread.unread > 0)
  expect(unread).toEqual(unread.toSorted((a, b) => Number(b) - Number(a)))
  expect(list).toHaveLength(5)
})

test('STOP takes effect with the text that says it, and START takes it back', async () => {
  const fingerprint = await school.fingerprint('phone', MRS_ADEYEMI)
  const isStopped = async () =>
    (await consent.stoppedAmong(school, 'sms', [fingerprint])).has(fingerprint)
  const stop = await receive(MRS_ADEYEMI, 'Stop please')
  expect(await isStopped()).toBe(true)
  expect((await messaging.findReply(school, okafor, stop))?.isStop).toBe(true)
  const contact = cast.botolphs.contact('Folake Adeyemi')
  expect((await audit.about(school, contact, 5)).map(({ action }) => action)).toEqual([
    'contact.stopped',
  ])

  await receive(MRS_ADEYEMI, 'Start of the play is when?')
  expect(await isStopped()).toBe(true)
  await receive(MRS_ADEYEMI, 'START')
  expect(await isStopped()).toBe(false)
})

test('STOP and START hold in the order they were said in, in whatever order they are told', async () => {
  const fingerprint = await school.fingerprint('phone', MR_ADEYEMI)
  const told = async (text: string, atMs: number) => {
    await messaging.receive(carrier, received(MR_ADEYEMI, text, { atMs }))
    return (await consent.stoppedAmong(school, 'sms', [fingerprint])).has(fingerprint)
  }
  const morning = clock.now()
  expect(await told('STOP', morning + 10_000)).toBe(true)
  expect(await told('START', morning + 5_000)).toBe(true)
  expect(await told('START', morning + 20_000)).toBe(false)
  expect(await told('STOP', morning + 15_000)).toBe(false)
  expect(await told('STOP', morning + 30_000)).toBe(true)
  expect(await told('STOP', morning + 40_000)).toBe(true)
  expect(await told('START', morning + 35_000)).toBe(true)
  expect(await told('START', morning + 50_000)).toBe(false)
})

test('a Basic User reads answers to their own messages, and no others', async () => {
  expect(await threads(bell)).toEqual([])
  await carried(await textFrom(bell, 'Amara Adeyemi'))
  // The office has written since, but that text has not left yet: it is not what she answers.
  await textFrom(okafor, 'Amara Adeyemi')
  const toBell = await receive(MRS_ADEYEMI, 'How late?')
  const [thread] = await threads(bell)
  expect(thread).toMatchObject({ replies: 1, unread: 1, newest: { id: toBell } })
  const hers = await messaging.findReply(school, bell, toBell)
  expect(
    (await messaging.listThread(school, bell, hers!)).map(({ record }) => record.text),
  ).toEqual(['How late?'])

  await carried(await textFrom(okafor, 'Amara Adeyemi'))
  const toOkafor = await receive(MRS_ADEYEMI, 'And tomorrow?')
  expect(await messaging.findReply(school, bell, toOkafor)).toBeUndefined()
  expect(await messaging.countThreads(school, bell)).toEqual({ threads: 1, unread: 1 })
})

test('an answer goes to that contact alone, stays theirs when it is edited, and is reading too', async () => {
  const reply = await messaging.findReply(school, okafor, await receive(MR_ADEYEMI, 'Call me'))
  const answer = await messaging.answer(school, okafor, sender, reply!, 'We will, at noon.', [
    reply!.id,
  ])
  if (isRefusal(answer)) throw new Error(answer.refused)
  const contacts = [cast.botolphs.contact('Tunde Adeyemi')]
  expect(answer).toMatchObject({
    state: 'draft',
    category: 'operational',
    audience: { ...nobody, contacts },
  })
  expect((await messaging.findReply(school, okafor, reply!.id))?.readAtMs).toBe(clock.now())

  const everyone = { ...nobody, everyPupil: true }
  const edited = await messaging.edit(school, okafor, sender, answer, {
    ...answer,
    audience: everyone,
    subject: null,
    text: 'We will, at one.',
  })
  expect(edited).toMatchObject({ audience: { ...nobody, contacts } })
  const preview = await messaging.check(school, answer, sender)
  expect(preview).toMatchObject({ recipients: 1, people: 1, pupils: 0, problems: [] })
})

test('what comes from nobody we know cannot be answered', async () => {
  const reply = await messaging.findReply(school, okafor, await receive('+447700900998', 'Hello'))
  expect(await messaging.answer(school, okafor, sender, reply!, 'Who is it?', [])).toEqual({
    refused: 'nobody-to-answer',
  })
})

test('Oakfield, next door, reads none of it', async () => {
  const { school: oakfield } = cast.oakfield
  expect(await messaging.listThreads(oakfield, okafor, { limit: 20, offset: 0 })).toEqual([])
  const [ours] = await threads(okafor)
  expect(await messaging.findReply(oakfield, okafor, ours!.newest.id)).toBeUndefined()
})
