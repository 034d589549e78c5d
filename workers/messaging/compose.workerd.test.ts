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
const okafor = { id: newId('user') as UserId, years: null, seesAll: true }
const bell = { id: newId('user') as UserId, years: ['Year 4'], seesAll: false }

let cast: Cast
let school: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school.as({ kind: 'user', id: okafor.id })
})

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

  test('a message to nobody reachable, or to another school’s pupil, is refused at the check', async () => {
    const elsewhere = { ...nobody, pupils: [cast.oakfield.pupil('Malik Osei-Reid')] }
    const message = await composed({ audience: elsewhere })
    const preview = await messaging.check(school, message, sender)
    expect(preview).toMatchObject({ recipients: 0, leftOut: [], problems: ['nobody-to-send-to'] })
    expect(
      await messaging.schedule(school, message, { dueAt: 'now', acceptsQuietHours: false }, sender),
    ).toEqual({
      refused: 'nobody-to-send-to',
    })
  })
})
