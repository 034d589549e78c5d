import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { isRefusal, millipence, newId, stoppedClock, type UserId } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import * as messaging from './index.ts'
import { type Draft, type Message, nobody } from './index.ts'

/** Drafts at St Botolph's: Mrs Okafor writes to anybody, Miss Bell to Year 4. */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 15))
const HOUR_MS = 3_600_000
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }
const bell = { id: newId('user') as UserId, years: ['Year 4'], seesAll: false }

let cast: Cast
let school: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school.as({ kind: 'user', id: okafor.id })
})

const now = { dueAt: 'now', acceptsQuietHours: false } as const

const draft = (more: Partial<Draft> = {}): Draft => ({
  audience: { ...nobody, everyPupil: true },
  contactRule: 'everyone',
  category: 'operational',
  channel: 'sms',
  subject: null,
  text: '((pupil first name)): school is closed today. ((school))',
  ...more,
})

const to = (...names: string[]) => ({
  ...nobody,
  pupils: names.map((name) => cast.botolphs.pupil(name)),
})

async function composed(more: Partial<Draft> = {}): Promise<Message> {
  const message = await messaging.compose(school, okafor, sender, draft(more))
  if (isRefusal(message)) throw new Error(message.refused)
  return message
}

async function fresh({ id }: Message): Promise<Message> {
  const found = await messaging.find(school, id)
  if (!found) throw new Error('the message is there')
  return found
}

describe('drafts', () => {
  test('are edited and thrown away, and then they are gone', async () => {
    const message = await composed()
    const edited = await messaging.edit(
      school,
      okafor,
      sender,
      message,
      draft({ text: 'Open again.' }),
    )
    expect(edited).toMatchObject({ id: message.id, content: { text: 'Open again.' } })
    expect((await fresh(message)).content.text).toBe('Open again.')
    expect(await messaging.discard(school, message)).toBeUndefined()
    expect(await messaging.find(school, message.id)).toBeUndefined()
    expect(await messaging.edit(school, okafor, sender, message, draft())).toEqual({
      refused: 'already-left',
    })
  })

  test('one edited meanwhile by somebody who scheduled it is not changed', async () => {
    const message = await composed({ audience: to('Amara Adeyemi') })
    await messaging.schedule(
      school,
      message,
      { dueAt: clock.now() + HOUR_MS, acceptsQuietHours: false },
      sender,
      okafor,
    )
    expect(await messaging.edit(school, okafor, sender, message, draft({ text: 'Other' }))).toEqual(
      {
        refused: 'already-left',
      },
    )
    expect((await fresh(message)).content.text).not.toBe('Other')
  })

  test('a Basic User writes within the years granted, and sees their own messages only', async () => {
    const outside = { refused: 'outside-year-groups', field: 'to' }
    const write = (audience: Draft['audience']) =>
      messaging.compose(school, bell, sender, draft({ audience, text: 'Hello' }))
    expect(await write(to('Teddy Marsh'))).toEqual(outside)
    expect(await write({ ...nobody, everyStaff: true })).toEqual(outside)
    const groups = await people.listGroups(school)
    const group = (name: string) => ({
      ...nobody,
      groups: groups.filter((one) => one.name === name).map(({ id }) => id),
    })
    expect(await write(group('2A'))).toEqual(outside)

    const everyone = await write({ ...nobody, everyPupil: true })
    if (isRefusal(everyone)) throw new Error(everyone.refused)
    const { recipients, pupils } = await messaging.check(school, everyone, sender)
    expect({ recipients, pupils }).toEqual({ recipients: 2, pupils: 1 })

    expect((await messaging.list(school, bell, { limit: 10 })).map(({ id }) => id)).toEqual([
      everyone.id,
    ])
    expect(await messaging.findFor(school, bell, (await composed()).id)).toBeUndefined()
    expect(await messaging.countByState(school, bell)).toEqual({ draft: 1 })
  })

  test('an emergency is an Administrator’s to write, to change into, and to let go', async () => {
    const refused = { refused: 'may-not-send-emergencies', field: 'category' }
    const emergency = draft({ audience: to('Amara Adeyemi'), category: 'emergency' })
    expect(await messaging.compose(school, bell, sender, emergency)).toEqual(refused)
    const hers = await messaging.compose(school, bell, sender, {
      ...emergency,
      category: 'operational',
    })
    if (isRefusal(hers)) throw new Error(hers.refused)
    expect(await messaging.edit(school, bell, sender, hers, emergency)).toEqual(refused)
    const raised = await messaging.edit(school, okafor, sender, hers, emergency)
    if (isRefusal(raised)) throw new Error(raised.refused)
    expect(await messaging.schedule(school, raised, now, sender, bell)).toEqual(refused)
    expect(await messaging.schedule(school, raised, now, sender, okafor)).toBeUndefined()
  })

  test('what somebody may write to is asked again when they let it go', async () => {
    const outside = { refused: 'outside-year-groups', field: 'to' }
    const written = await messaging.compose(
      school,
      bell,
      sender,
      draft({ audience: to('Amara Adeyemi') }),
    )
    if (isRefusal(written)) throw new Error(written.refused)
    const moved = { ...bell, years: ['Year 2'] }
    expect(await messaging.schedule(school, written, now, sender, moved)).toEqual(outside)

    const everyone = await messaging.compose(
      school,
      bell,
      sender,
      draft({ audience: { ...nobody, everyPupil: true } }),
    )
    if (isRefusal(everyone)) throw new Error(everyone.refused)
    expect(await messaging.schedule(school, everyone, now, sender, moved)).toEqual({
      refused: 'nobody-to-send-to',
    })
    expect((await fresh(everyone)).state).toBe('draft')
  })

  test('an Administrator who changes a Basic User’s draft does not widen it for her', async () => {
    const hers = await messaging.compose(
      school,
      bell,
      sender,
      draft({ audience: { ...nobody, everyPupil: true } }),
    )
    if (isRefusal(hers)) throw new Error(hers.refused)
    const edited = await messaging.edit(
      school,
      okafor,
      sender,
      hers,
      draft({ audience: hers.audience, text: 'Open again.' }),
    )
    if (isRefusal(edited)) throw new Error(edited.refused)
    expect(await messaging.schedule(school, edited, now, sender, bell)).toBeUndefined()
    expect((await fresh(hers)).withinYears).toEqual(bell.years)
  })

  test('a message to nobody reachable, or to another school’s pupil, is refused at the check', async () => {
    const elsewhere = { ...nobody, pupils: [cast.oakfield.pupil('Malik Osei-Reid')] }
    const message = await composed({ audience: elsewhere })
    const preview = await messaging.check(school, message, sender)
    expect(preview).toMatchObject({ recipients: 0, leftOut: [], problems: ['nobody-to-send-to'] })
    expect(
      await messaging.schedule(
        school,
        message,
        { dueAt: 'now', acceptsQuietHours: false },
        sender,
        okafor,
      ),
    ).toEqual({
      refused: 'nobody-to-send-to',
    })
  })
})
