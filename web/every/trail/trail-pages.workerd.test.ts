import { env } from 'cloudflare:workers'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { isRefusal, newId } from '#kernel'
import * as mis from '#mis'
import { Directory, type School } from '#shards'
import { sessions, signInFailures } from '#workers/access/directory-tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers } from '../../../test/cast/accounts.ts'
import { upload } from '../../../test/cast/office.ts'
import { type Cast, type CastSchool, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, wordsOf, PASSWORD } from '../../../test/cast/visitor.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// Sol, the operator's Administrator, has looked at Teddy Marsh's record. Mrs Okafor reads her trail.
const REASON = 'The import did not show Teddy’s new year group'
let directory: Directory
let cast: Cast
let botolphs: CastSchool
let school: School
let visit: string
let okafor: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password: PASSWORD })
  botolphs = cast.botolphs
  school = botolphs.school
  visit = await solWasHere()
  okafor = await cookieOf(directory, 'okafor')
})

async function solWasHere(): Promise<string> {
  const id = cast.operator.user('sol')
  const sol = { kind: 'operator', id, role: 'operator-administrator', access: null } as const
  const session = await wholeSession(directory, { email: castUsers.sol.email, password: PASSWORD })
  expect(session).toContain('=')
  const [row] = await directory.db.select().from(sessions)
  const employee = {
    id,
    role: 'operator-administrator' as const,
    sessionId: row?.id as never,
    school: cast.operator.school.as({ kind: 'user', id }),
  }
  const entered = await access.enterByReason(directory, school.as(sol), employee, REASON)
  expect(isRefusal(entered)).toBe(false)
  const [begun] = await audit.list(school, { limit: 1, actions: ['support.started'] })
  const leave = begun?.subject ?? ''
  const there = school.as({ ...sol, access: leave as never })
  await audit.viewed(there, 'pupil.viewed', [botolphs.pupil('Teddy Marsh')])
  return leave
}

const rowsIn = async (answer: Response | Promise<Response>) =>
  [...(await (await answer).text()).matchAll(/<tr class="govuk-table__row" role="row">.*?<\/tr>/gs)]
    .slice(1)
    .map(([row]) => row.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '))
const teddy = () => botolphs.pupil('Teddy Marsh')

describe('the trail', () => {
  test('says who, what, to what and from where, in words and with names', async () => {
    expect((await ask(okafor, `/school/pupils/${teddy()}`)).status).toBe(200)
    const [look] = await rowsIn(ask(okafor, `/school/trail?subject=${teddy()}&what=looks`))
    expect(look).toContain('Mrs Ngozi Okafor')
    expect(look).toContain('Looked at restrictions and their reasons')
    expect(look).toContain('Teddy Marsh')
    expect(look).toMatch(/[Nn]etwork [\w-]{8}/)
  })

  test('names an import by its file and its day, and leads to it', async () => {
    const bytes = new TextEncoder().encode(mis.SAMPLE_CSV)
    const { id } = await upload(school, (env as unknown as Env).FILES, bytes, { isPartial: true })
    const answer = await ask(okafor, `/school/trail?subject=${id}`)
    const page = await answer.text()
    expect(page).toMatch(/export\.csv, \d+ \w+ \d{4}/)
    expect(page).toContain(`href="/school/imports/${id}"`)
  })

  test('names support with its level and its reason, and all that was done in one visit', async () => {
    const rows = await rowsIn(ask(okafor, `/school/trail?access=${visit}`))
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row).toContain('Schoolgate support, Administrator: Sol Marek')
      expect(row).toContain(REASON)
    }
    const theirs = await rowsIn(ask(okafor, '/school/trail?who=operator'))
    expect(theirs).toEqual(rows)
  })

  test('says which part of the machine it was where nobody acted', async () => {
    const rows = await rowsIn(ask(okafor, '/school/trail?who=seed&what=organisation'))
    expect(rows.join()).toContain('Schoolgate (set-up)')
    expect(rows.join()).toContain('The organisation was created')
  })

  test('is narrowed, says so, and a condition is taken back by its button', async () => {
    const path = `/school/trail?who=${botolphs.user('okafor')}&what=looks&subject=${teddy()}`
    const page = await wordsOf(ask(okafor, path))
    for (const chosen of ['Mrs Ngozi Okafor', 'Looks at records', 'About: Teddy Marsh']) {
      expect(page).toContain(`Remove ${chosen}`)
    }
    const fewer = await ask(okafor, `${path}&remove=what:looks`)
    expect(fewer.status).toBe(303)
    expect(fewer.headers.get('Location')).toBe(
      `/school/trail?who=${botolphs.user('okafor')}&subject=${teddy()}`,
    )
    expect(await wordsOf(ask(okafor, '/school/trail?from=2001-01-01&to=2001-01-02'))).toContain(
      'Nothing fits',
    )
  })

  test('of days that are none says what is wrong', async () => {
    const wrong = await ask(okafor, '/school/trail?from=2026-02-30')
    expect(wrong.status).toBe(422)
    expect(await wordsOf(wrong)).toContain('Enter the first day')
  })

  test('goes on page by page', async () => {
    await audit.viewed(
      school.as({ kind: 'user', id: botolphs.user('pym') }),
      'contact.viewed',
      Array.from({ length: 60 }, () => newId('contact')),
    )
    const first = await (await ask(okafor, `/school/trail?who=${botolphs.user('pym')}`)).text()
    const [next = ''] = first.match(/\/school\/trail\?who=usr_\w+&(amp;)?before=ent_\w+/) ?? []
    const rows = await rowsIn(ask(okafor, next.replaceAll('&amp;', '&')))
    expect(rows.length).toBeGreaterThanOrEqual(10)
    expect(rows.join()).toContain('A contact who is no longer on record')
  })

  test('names nobody of another school, whatever id is asked for', async () => {
    const abara = cast.oakfield.user('abara')
    const other = await wordsOf(ask(okafor, `/school/trail?who=${abara}`))
    const about = await wordsOf(ask(okafor, `/school/trail?subject=${abara}`))
    for (const page of [other, about]) expect(page).not.toContain('Abara')
  })

  test('stands in every area, for those who may, of that area alone', async () => {
    const [farrow, sol, dot, pym] = await Promise.all(
      (['farrow', 'sol', 'dot', 'pym'] as const).map((name) => cookieOf(directory, name)),
    )
    expect(await wordsOf(ask(farrow as string, '/authority/trail'))).toContain('Signed in')
    const operators = await wordsOf(ask(sol as string, '/operator/trail'))
    expect(operators).toContain('Sol Marek')
    expect(operators).not.toContain('Teddy Marsh')
    expect((await ask(dot as string, '/operator/trail')).status).toBe(404)
    expect((await ask(pym as string, '/school/trail')).status).toBe(404)
  })
})

describe('somebody is found by name', () => {
  test('by a form, so that no name is in an address, and an id leads on at once', async () => {
    const found = await ask(okafor, '/school/trail/subject', { q: 'mars', what: 'looks' })
    const body = await found.text()
    expect(body).toContain(`/school/trail?what=looks&amp;subject=${teddy()}`)
    expect(body).toContain('Kerry Marsh')
    const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
    expect(links.filter((href) => /mars/i.test(href))).toEqual([])
    const users = await wordsOf(ask(okafor, '/school/trail/subject', { q: 'Pym' }))
    expect(users).toContain('Mr Arthur Pym')
    expect(await wordsOf(ask(okafor, '/school/trail/subject', { q: 'zzzz' }))).toContain(
      'Nobody found',
    )
    const id = newId('restriction')
    const on = await ask(okafor, '/school/trail/subject', { q: ` ${id} ` })
    expect(on.headers.get('Location')).toBe(`/school/trail?subject=${id}`)
  })
})

describe('a download', () => {
  const download = async (form: Record<string, string>) => {
    const answer = await ask(okafor, '/school/trail/export', form)
    expect(answer.headers.get('Content-Type')).toContain('text/csv')
    expect(answer.headers.get('Content-Disposition')).toContain('attachment')
    return parse(await answer.text(), { bom: true, columns: true }) as Record<string, string>[]
  }

  test('says beforehand how much it is, and holds just what is chosen', async () => {
    const page = await wordsOf(ask(okafor, `/school/trail/export?access=${visit}`))
    expect(page).toContain('2 entries fit what is chosen')
    const rows = await download({ access: visit })
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      Who: 'Schoolgate support, Administrator: Sol Marek',
      Level: 'operator-administrator',
      'Visit of support': visit,
      What: 'Looked at a pupil’s record',
      Action: 'pupil.viewed',
      'To what (id)': teddy(),
    })
  })

  test('names users and no pupil, is more than one batch long, and stands in the trail', async () => {
    const pym = school.as({ kind: 'user', id: botolphs.user('pym') })
    const contacts = Array.from({ length: 2_300 }, () => newId('contact'))
    await audit.viewed(pym, 'contact.viewed', contacts)
    const rows = await download({})
    expect(rows.length).toBeGreaterThan(2_300)
    expect(new Set(rows.map((row) => row['Entry'])).size).toBe(rows.length)
    const all = JSON.stringify(rows)
    expect(all).toContain('Mr Arthur Pym')
    expect(all).not.toContain('Marsh')
    const [noted] = await audit.list(school, { limit: 1, actions: ['trail.exported'] })
    expect(noted?.facts).toMatchObject({ entries: rows.length, isCut: false })
  })

  test('runs nothing in a spreadsheet, whatever a user called themselves', async () => {
    const added = await access.addUser(directory, school, {
      role: 'basic',
      name: '=HYPERLINK("https://evil.example")',
      email: 'formula@st-botolphs.example',
      password: 'seven grey herons by the weir',
    })
    if (typeof added !== 'string') throw new Error('added')
    await audit.viewed(school.as({ kind: 'user', id: added }), 'staff.viewed', [school.id])
    const answer = await ask(okafor, '/school/trail/export', { who: added })
    expect(await answer.text()).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  })

  test('with a day that is none is not made', async () => {
    expect((await ask(okafor, '/school/trail/export', { to: 'x' })).status).toBe(422)
  })
})

describe('the check', () => {
  test('of a trail that is whole says so, with counts and when its end was kept elsewhere', async () => {
    const checked = await wordsOf(ask(okafor, '/school/trail/verification', {}))
    expect(checked).toContain('The trail is whole')
    expect(checked).toMatch(/All [\d,]+ entries are as they were written/)
    expect(checked).toMatch(/Not chained yet (None|\d)/)
    expect(checked).toMatch(/End last kept elsewhere \w+day/)
    const [noted] = await audit.list(school, { limit: 1, actions: ['trail.verified'] })
    expect(noted?.facts).toMatchObject({ outcome: 'whole' })
  })

  test('is not made again and again: eleven at once are ten, and another school’s do not count', async () => {
    const directory = new Directory(await premisesOf(env as unknown as Env))
    const spent = async () =>
      (await ask(okafor, '/school/trail/verification', {})).headers.get('Retry-After')
    const answers = await Promise.all(Array.from({ length: 11 }, spent))
    expect(answers.filter((one) => one === '300').length).toBeGreaterThan(0)
    const refused = await ask(okafor, '/school/trail/verification', {})
    expect(refused.status).toBe(429)
    expect(await wordsOf(refused)).toContain('The trail was checked many times in the last minutes')
    expect(await access.counted(directory, [['trail-check', newId('organisation')]])).toBeDefined()
    await directory.db.delete(signInFailures)
  })

  test('of one that was tampered with shows the first fault, and the entry', async () => {
    const triggers = await school.rows<{ name: string; sql: string }>({
      sql: `select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'trail'`,
      params: [],
    })
    for (const { name } of triggers) await school.rows({ sql: `drop trigger ${name}`, params: [] })
    const change = `update trail set action = 'pupil.viewed' where school_id = ? and position = 3`
    await school.rows({ sql: change, params: [school.id] })
    for (const { sql } of triggers) await school.rows({ sql, params: [] })

    const checked = await wordsOf(ask(okafor, '/school/trail/verification', {}))
    expect(checked).toContain('The trail is not as it was written')
    expect(checked).toContain('Entry 3 of the chain was changed after it was written')
    expect(checked).toContain('That entry, as it reads now')
  })
})
