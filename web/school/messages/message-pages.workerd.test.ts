import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { millipence, newId, parseId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers } from '../../../test/cast/accounts.ts'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, htmlOf, type Fields, PASSWORD } from '../../../test/cast/visitor.ts'

// Mrs Okafor writes to anybody; Miss Bell to Years 3 and 4; Mr Pym, who minds the data, to nobody.
let directory: Directory
let botolphs: CastSchool
let school: School
let okafor: string
let pym: string
let bell: string
let abara: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const cast = await settle(directory, { password: PASSWORD })
  botolphs = cast.botolphs
  school = botolphs.school
  okafor = await cookieOf(directory, 'okafor')
  pym = await cookieOf(directory, 'pym')
  bell = await cookieOf(directory, 'bell')
  abara = await cookieOf(directory, 'abara')
})

const placeOf = async (answer: Promise<Response>) => {
  const { status, headers } = await answer
  return status === 303 ? (headers.get('Location') ?? '') : `answered ${status}`
}

const NEW = '/school/messages/new'
const toAmara = (): Fields => ({
  step: 'continue',
  to: 'some-pupils',
  pupils: botolphs.pupil('Amara Adeyemi'),
  contactRule: 'everyone',
  category: 'operational',
  channel: 'sms',
  text: 'The coach with ((pupil first name)) is late.',
})

/** Writes a message and answers with its path, such as /school/messages/msg_…. */
async function written(cookie: string, fields: Fields = {}): Promise<string> {
  const place = await placeOf(ask(cookie, NEW, { ...toAmara(), ...fields }))
  expect(place).toMatch(/^\/school\/messages\/msg_[0-9a-z]{26}\/check$/)
  return place.replace('/check', '')
}

describe('writing', () => {
  test('an empty form says everything that is missing, each at its field, and keeps what was typed', async () => {
    const answer = await ask(okafor, NEW, {
      step: 'continue',
      channel: 'email',
      text: 'Dear ((parent))',
    })
    expect(answer.status).toBe(422)
    const page = await htmlOf(answer)
    expect(page).toContain('<a href="#to">Choose who the message is to</a>')
    expect(page).toContain('<a href="#category">Choose what the message is for</a>')
    expect(page).toContain('<a href="#subject">Enter the subject of the e-mail</a>')
    expect(page).toContain(
      '<a href="#text">((parent)) is not a placeholder. Use those in the list</a>',
    )
    expect(page).toContain('Dear ((parent))</textarea>')
    expect(page).toMatch(/value="email" checked=""/)
    expect(page).toContain('<title>Error: New message')
  })

  test('finding a pupil is a step that loses nothing', async () => {
    const typed = { ...toAmara(), step: 'find', find: 'lindq', text: 'Half a sen' }
    const answer = await ask(okafor, NEW, typed)
    expect(answer.status).toBe(200)
    const page = await htmlOf(answer)
    expect(page).toContain('2 found, in the list above.')
    expect(page).toMatch(new RegExp(`value="${botolphs.pupil('Amara Adeyemi')}" checked=""`))
    expect(page).toMatch(new RegExp(`value="${botolphs.pupil('Elsa Lindqvist')}"[^>]*>`))
    expect(page).not.toMatch(new RegExp(`value="${botolphs.pupil('Elsa Lindqvist')}" checked`))
    expect(page).toContain('Half a sen</textarea>')
    expect(await htmlOf(ask(okafor, NEW, { ...typed, find: 'zzz' }))).toContain(
      'No other pupil has that name.',
    )
  })

  test('a pupil’s page leads here with the pupil chosen', async () => {
    const page = await htmlOf(ask(okafor, `${NEW}?pupil=${botolphs.pupil('Zofia Nowak')}`))
    expect(page).toMatch(new RegExp(`value="${botolphs.pupil('Zofia Nowak')}" checked=""`))
  })

  test('Miss Bell is offered her own years only, and nothing else that she may post is taken', async () => {
    const page = await htmlOf(ask(bell, NEW))
    expect(page).toContain('Year 4 (')
    expect(page).not.toContain('Year 1 (')
    expect(page).not.toContain('All staff')
    expect(await htmlOf(ask(bell, NEW, { ...toAmara(), step: 'find', find: 'lindq' }))).toContain(
      'No other pupil',
    )
    for (const forged of [
      { pupils: botolphs.pupil('Teddy Marsh') },
      { to: 'every-staff', text: 'Hello' },
    ]) {
      const answer = await ask(bell, NEW, { ...toAmara(), ...forged })
      expect(answer.status).toBe(422)
      expect(await htmlOf(answer)).toContain(
        'Choose only pupils of the year groups that you may write to',
      )
    }
  })
})

describe('the check before sending', () => {
  test('says who gets it, who does not and why, and what it costs', async () => {
    const path = await written(okafor, { to: 'every-pupil', pupils: [] })
    const page = await htmlOf(ask(okafor, `${path}/check`))
    expect(page).toContain('All pupils')
    expect(page).toContain('1: must not be contacted')
    expect(page).toContain('Mr Dean Marsh, for Teddy Marsh')
    expect(page).toContain('£250.00 now')
    expect(page).toMatch(/The coach with [A-Z][a-z]+( and [A-Z][a-z]+)? is late\./)
    expect(page).toContain('Send the message')
  })

  test('a message that nobody would get cannot be sent', async () => {
    const path = await written(okafor, { category: 'marketing' })
    const page = await htmlOf(ask(okafor, `${path}/check`))
    expect(page).toContain('Nobody would get this message')
    expect(page).not.toContain('Send the message')
    const forced = await ask(okafor, `${path}/schedule`, { when: 'now', quiet: 'yes' })
    expect(forced.status).toBe(422)
  })

  test('what is wrong with the time is said at its field, with what was typed kept', async () => {
    const path = await written(okafor)
    const at = async (fields: Fields) => {
      const answer = await ask(okafor, `${path}/schedule`, { when: 'later', ...fields })
      expect(answer.status).toBe(422)
      return htmlOf(answer)
    }
    expect(await htmlOf(ask(okafor, `${path}/schedule`, {}))).toContain(
      '<a href="#when">Choose when it goes</a>',
    )
    expect(await at({ 'at-date': '', 'at-time': '' })).toContain('<a href="#at">Enter the day')
    const past = await at({ 'at-date': '2024-03-01', 'at-time': '09:00' })
    expect(past).toContain('<a href="#at">The time must be in the future')
    expect(past).toContain('value="2024-03-01"')
    expect(await at({ 'at-date': inThreeMonths(), 'at-time': '23:00' })).toContain(
      '<a href="#quiet">Tick that it may go',
    )
    expect(await at({ 'at-date': '2199-01-01', 'at-time': '09:00' })).toContain('within a year')
    expect(await htmlOf(ask(okafor, `${path}/check`))).toContain('Send the message')
  })
})

/** Not on a clock-change night, and not in the past. */
function inThreeMonths(): string {
  const at = new Date(Date.now() + 90 * 86_400_000)
  return at.toISOString().slice(0, 10)
}

describe('a message that was sent', () => {
  let path: string

  beforeAll(async () => {
    // Carried at once and by nobody: here it matters what pages show, not how texts travel.
    path = await written(okafor, { to: 'every-pupil', pupils: [], text: 'Closed today.' })
    const id = parseId('message', path.split('/').at(-1))
    const message = id && (await messaging.find(school, id))
    if (!message) throw new Error('it was written')
    const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
    const when = { dueAt: 'now', acceptsQuietHours: true } as const
    const author = { id: message.authorId, years: null, seesAll: true }
    expect(await messaging.schedule(school, message, when, sender, author)).toBeUndefined()
    expect(
      await messaging.dispatch(school.as(system('outbox')), message.id, { isOpen: true }),
    ).toBe('dispatched')
    await school.write([
      {
        sql: "update parcels set state = 'delivered', state_rank = 9 where school_id = ?",
        params: [school.id],
      },
    ])
  })

  test('shows everyone it goes to, once each, and who was left out', async () => {
    const page = await htmlOf(ask(okafor, path))
    expect(page).toContain('Mrs Folake Adeyemi')
    expect(page).toContain('07700 900011')
    expect(page).toContain('Elsa Lindqvist, Otto Lindqvist')
    expect(page.match(/07700 900041/g)).toHaveLength(1)
    expect(page).not.toContain('07700 900022')
    expect(page).not.toContain('Dean Marsh')
    expect(page).toContain('Must not be contacted')
    expect(page).toMatch(/(\d+) of \1 texts delivered\./)
    const who = await htmlOf(ask(okafor, `${path}/left-out?rule=restricted`))
    expect(who).toContain('Mr Dean Marsh')
    expect((await ask(okafor, `${path}/left-out?rule=none-such`)).status).toBe(404)
  })

  test('is looked at by name, which the trail remembers once a visit', async () => {
    const id = path.split('/').at(-1) ?? ''
    const views = async () =>
      (await audit.about(school, id, 100)).filter(({ action }) => action === 'message.viewed')
        .length
    const before = await views()
    await ask(okafor, path)
    await ask(okafor, path, undefined, { 'X-Fragment': 'progress' })
    expect(await views()).toBe(before + 1)
    await ask(okafor, `${path}/left-out?rule=restricted`)
    expect(await views()).toBe(before + 2)
    await ask(bell, path)
    expect(await views()).toBe(before + 2)
  })

  test('says why a text was kept back, and what came back for it', async () => {
    const set =
      "state = 'cancelled', state_rank = 10, code = 'stopped', withheld_because = 'stopped'"
    const id = path.split('/').at(-1) ?? ''
    const sql = `update parcels set ${set} where message_id = ?`
    await school.write([{ sql: `${sql} and id in (select min(id) from parcels)`, params: [id] }])
    await school.write(messaging.finished(school, [parseId('message', id)!]))
    const page = await htmlOf(ask(okafor, path))
    expect(page).toContain('Not sent: asked to stop since')
    expect(page).toContain('Withheld: asked for no more such messages while it was on its way')
    expect(page).toMatch(/Credit returned.*£0\.02 for what no carrier took/)
  })

  test('renews itself: the fragment is the part that changes, and no whole page', async () => {
    const piece = await htmlOf(ask(okafor, path, undefined, { 'X-Fragment': 'progress' }))
    expect(piece.trimStart()).toMatch(/^<div data-announce="/)
    expect(piece).not.toContain('<html')
  })

  test('is nobody’s business elsewhere: another’s message, another role, another school', async () => {
    for (const [cookie, pages] of [
      [bell, [path, `${path}/check`, `${path}/left-out?rule=restricted`]],
      [pym, [path, '/school/messages', NEW, '/school/replies']],
      [abara, [path, `${path}/edit`]],
    ] as const) {
      for (const page of pages) expect((await ask(cookie, page)).status).toBe(404)
    }
    expect((await ask(bell, `${path}/cancellation`, {})).status).toBe(404)
    expect(await htmlOf(ask(bell, '/school/messages'))).toContain('No messages yet')
  })
})

describe('replies', () => {
  let reply: string

  beforeAll(async () => {
    const kept = await messaging.receive(school.as(system('carrier')), {
      from: '+447700900012',
      text: 'Which <b>coach</b>?',
      provider: 'sandbox-a',
      eventId: newId('request'),
      atMs: Date.now(),
    })
    if (kept === 'already') throw new Error('it is new')
    reply = `/school/replies/${kept.id}`
  })

  test('are listed, read with what was sent before them, and escaped', async () => {
    expect(await htmlOf(ask(okafor, '/school/replies'))).toContain('1 reply not read yet')
    expect(await htmlOf(ask(okafor, '/school'))).toContain('reply to read')
    const page = await htmlOf(ask(okafor, reply))
    expect(page).toContain('Replies from Mr Tunde Adeyemi')
    expect(page).toContain('Which &lt;b&gt;coach&lt;/b&gt;?')
    expect(page).toContain('Closed today.')
    expect(page).not.toContain('Folake')
  })

  test('looking is not reading; the button is', async () => {
    expect(await htmlOf(ask(okafor, '/school/replies'))).toContain('1 reply not read yet')
    expect(await placeOf(ask(okafor, `${reply}/reading`, {}))).toBe('/school/replies')
    expect(await htmlOf(ask(okafor, '/school/replies'))).toContain('1 reply not read yet')
    const [, shown = ''] =
      /name="shown" value="([^"]*)"/.exec(await htmlOf(ask(okafor, reply))) ?? []
    expect(shown).toBe(reply.split('/').at(-1))
    expect(await placeOf(ask(okafor, `${reply}/reading`, { shown }))).toBe('/school/replies')
    expect(await htmlOf(ask(okafor, '/school/replies'))).toContain('Everything is read')
  })

  test('an answer is written to that parent alone, and checked first', async () => {
    const empty = await ask(okafor, reply, { text: ' ' })
    expect(empty.status).toBe(422)
    expect(await htmlOf(empty)).toContain('<a href="#text">Enter the text of the message</a>')
    const check = await placeOf(ask(okafor, reply, { text: 'The blue one.' }))
    const page = await htmlOf(ask(okafor, check))
    expect(page).toContain('1 text to 1 person')
    expect(page).toContain('Mr Tunde Adeyemi')
    const form = await htmlOf(ask(okafor, check.replace('/check', '/edit')))
    expect(form).toContain('To Mr Tunde Adeyemi')
    expect(form).not.toContain('Who is it to?')
  })

  test('somebody who asked to stop is not offered an answer that would not reach them', async () => {
    const kept = await messaging.receive(school.as(system('carrier')), {
      from: '+447700900051',
      text: 'STOP',
      provider: 'sandbox-a',
      eventId: newId('request'),
      atMs: Date.now(),
    })
    if (kept === 'already') throw new Error('it is new')
    const page = await htmlOf(ask(okafor, `/school/replies/${kept.id}`))
    expect(page).toContain('Mrs Agnieszka Nowak asked for no more texts')
    expect(page).not.toContain('Check the answer')
    expect(await htmlOf(ask(okafor, '/school/replies'))).toContain('Asked to stop')
  })

  test('to others’ messages are not Miss Bell’s to read', async () => {
    expect((await ask(bell, reply)).status).toBe(404)
    expect(await htmlOf(ask(bell, '/school/replies'))).toContain('No replies yet')
    expect((await ask(abara, reply)).status).toBe(404)
  })
})

describe('a scheduled message', () => {
  test('waits, is listed, is cancelled once, and then is not sent again', async () => {
    const path = await written(okafor)
    const form = { when: 'later', 'at-date': inThreeMonths(), 'at-time': '8:15am' }
    expect(await placeOf(ask(okafor, `${path}/schedule`, form))).toBe(path)
    const page = await htmlOf(ask(okafor, path))
    expect(page).toMatch(/It goes on \w+day \d+ \w+ \d{4} at 8:15am\./)
    expect(page).toContain(`by ${castUsers.okafor.name}`)
    expect(await htmlOf(ask(okafor, '/school/messages?state=scheduled'))).toContain(
      `href="${path}"`,
    )
    expect(await placeOf(ask(okafor, `${path}/edit`))).toBe(path)
    expect(await placeOf(ask(okafor, `${path}/check`))).toBe(path)
    expect(await htmlOf(ask(okafor, '/school'))).toMatch(
      /1<\/span> <span class="sg-stat__words">message scheduled/,
    )

    expect(await placeOf(ask(okafor, `${path}/cancellation`, {}))).toBe(path)
    const cancelled = await htmlOf(ask(okafor, path))
    expect(cancelled).toContain('Cancelled</strong>')
    expect(cancelled).not.toContain('Cancel this message')
    expect(await placeOf(ask(okafor, `${path}/schedule`, { when: 'now', quiet: 'yes' }))).toBe(path)
    expect(await htmlOf(ask(okafor, path))).toContain('Cancelled</strong>')
  })

  test('a draft is changed, with what was written kept, and thrown away', async () => {
    const path = await written(okafor)
    const form = await htmlOf(ask(okafor, `${path}/edit`))
    expect(form).toContain('The coach with ((pupil first name)) is late.</textarea>')
    expect(await placeOf(ask(okafor, `${path}/edit`, { ...toAmara(), text: 'It is here.' }))).toBe(
      `${path}/check`,
    )
    expect(await htmlOf(ask(okafor, `${path}/check`))).toContain('It is here.')
    expect(await placeOf(ask(okafor, `${path}/discard`, {}))).toBe('/school/messages')
    expect((await ask(okafor, path)).status).toBe(404)
  })
})

describe('the home page', () => {
  test('of a Data Manager offers what they may do, and no messages', async () => {
    const page = await htmlOf(ask(pym, '/school'))
    expect(page).toContain('Import pupils')
    expect(page).toContain('contacts to fix')
    expect(page).not.toContain('Send a message')
    expect(page).not.toContain('replies to read')
  })

  test('of a school with pupils and no message yet shows the way to the first', async () => {
    const page = await htmlOf(ask(abara, '/school'))
    expect(page).toContain('Three steps to the first message')
    expect(await people.countPupils(school)).toBeGreaterThan(0)
  })
})
