import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, parseId, type UserId } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { users as usersTable } from '#workers/access/directory-tables.ts'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, htmlOf, PASSWORD } from '../../../test/cast/visitor.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'
import { leaversAmongUsers } from './leavers.ts'

// Mrs Okafor looks after the users of St Botolph's; Mr Pym has left; Miss Ash is new.
let directory: Directory
let cast: Cast
let school: School
let okafor: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password: PASSWORD })
  school = cast.botolphs.school
  okafor = await cookieOf(directory, 'okafor')
})

const whereTo = (answer: Response) => [answer.status, answer.headers.get('Location')]
const noticeOf = (answer: Response) =>
  /__Host-notice=([\w-]+)/.exec(answer.headers.getSetCookie().join())?.[1]

let colleagues = 0
async function colleague(details: Partial<access.NewUser> = {}): Promise<UserId> {
  const email = `colleague${++colleagues}@st-botolphs.example`
  const whole = { role: 'basic', name: 'Robin Ray', email, password: PASSWORD, ...details } as const
  const added = await access.addUser(directory, school, whole)
  invariant(typeof added === 'string', 'a colleague is added')
  return added
}

const pathOf = (id: UserId, below = '') => `/school/users/${id}${below}`
const found = async (id: UserId) => {
  const user = await access.find(directory, school, id)
  invariant(user, 'the user is there')
  return user
}

const ash = {
  name: 'Miss  Ivy Ash ',
  email: 'ash@st-botolphs.example',
  role: 'basic',
  years: ['Year 3', 'Year 4'],
  grants: 'attendance',
}

const letters = async () => {
  const rows = await school.db.select().from(parcels).where(eq(parcels.schoolId, school.id))
  return Promise.all(rows.map(({ id, content }) => school.open(parcels.content, id, content)))
}

describe('the list', () => {
  test('says who may sign in, as what, since when, and which are one’s own', async () => {
    const html = await htmlOf(ask(okafor, '/school/users'))
    for (const words of ['Mrs Ngozi Okafor', '(you)', 'Miss Clara Bell', 'Year 3, Year 4']) {
      expect(html).toContain(words)
    }
    expect(html).toContain('No invitation waits for an answer.')
    expect(html).not.toContain('Removed accounts')
    expect(html).toMatch(/href="\/school\/administration"[^>]*aria-current="true"/)
  })

  test('is there for authorities and the operator, with their own people and no years', async () => {
    const authority = await htmlOf(ask(await cookieOf(directory, 'farrow'), '/authority/users'))
    expect(authority).toContain('Ms Helen Farrow')
    expect(authority).not.toContain('Okafor')
    expect(authority).not.toContain('Years')
    expect(await htmlOf(ask(await cookieOf(directory, 'sol'), '/operator/users'))).toContain(
      'Dot Ainsley',
    )
    const form = await htmlOf(ask(await cookieOf(directory, 'sol'), '/operator/users/new'))
    expect(form).toContain('value="operator-finance"')
    expect(form).not.toContain('value="administrator"')
    expect(form).not.toContain('name="grants"')
  })
})

describe('whoever looks at users', () => {
  test('leaves a trail: of the list, and of each whose page is opened', async () => {
    const id = await colleague()
    await ask(okafor, '/school/users')
    await ask(okafor, pathOf(id))
    const newest = async () => (await audit.list(school, { limit: 5 })).map((one) => one.action)
    await expect.poll(newest).toContain('users.listed')
    const [viewed] = await audit.list(school, { limit: 1, subject: id, actions: ['user.viewed'] })
    expect(viewed?.actorId).toBe(cast.botolphs.user('okafor'))
  })
})

describe('inviting somebody', () => {
  test('sends them a letter whose secret stands behind the # alone, and lists them', async () => {
    const answer = await ask(okafor, '/school/users/new', ash)
    expect([...whereTo(answer), noticeOf(answer)]).toEqual([303, '/school/users', 'user-invited'])
    const [letter] = (await letters()).filter(({ address }) => address === ash.email)
    expect(letter?.subject).toBe('Open your Schoolgate account for St Botolph’s Primary')
    expect(letter?.text).toContain('Hello Miss Ivy Ash,')
    expect(letter?.text).toContain('Mrs Ngozi Okafor has invited you')
    expect(letter?.text).toMatch(/http:\/\/schoolgate\.test\/invitation#[\w-]{43}\n/)
    const html = await htmlOf(ask(okafor, '/school/users'))
    expect(html).toContain('Miss Ivy Ash')
    expect(html).toContain('Basic User, Attendance')
  })

  test('keeps what was typed and ticked, and says what is wrong at each field', async () => {
    const wrong = { name: '', email: 'Ivy <ash@x.test>', role: 'basic', grants: ['payments'] }
    const answer = await ask(okafor, '/school/users/new', wrong)
    const html = await htmlOf(answer)
    expect(answer.status).toBe(422)
    for (const field of ['name', 'email', 'years']) expect(html).toContain(`href="#${field}"`)
    expect(html).toContain('Choose the years they may write to')
    expect(html).toMatch(/value="basic" checked/)
    expect(html).toMatch(/value="payments" checked/)
    expect(html).toContain('value="Ivy &lt;ash@x.test&gt;"')
  })

  test.each([
    ['an operator’s role', { role: 'operator-administrator' }, 'Choose a role'],
    ['two roles', { role: ['basic', 'root'] }, 'Choose a role'],
    ['a grant that there is not', { grants: ['attendance', 'everything'] }, 'Only schools'],
    ['a year that there is not', { years: ['Year 99'] }, 'Choose the years'],
    ['somebody who has an account', { email: castUsers.bell.email }, 'exists already'],
    ['somebody who has one elsewhere', { email: castUsers.abara.email }, 'exists already'],
  ])('is refused with %s', async (_, change, sentence) => {
    const answer = await ask(okafor, '/school/users/new', { ...ash, email: 'x@y.test', ...change })
    expect(answer.status).toBe(422)
    expect(await htmlOf(answer)).toContain(sentence)
  })

  test('gives no more than was offered, whatever else a form carries', async () => {
    const email = 'more@st-botolphs.example'
    const more = { organisationId: cast.operator.id, state: 'active', kind: 'operator' }
    await ask(okafor, '/school/users/new', { ...ash, email, role: 'data-manager', ...more })
    const all = await access.listInvitations(directory, school)
    const invitation = all.find((one) => one.email === email)
    expect(invitation).toMatchObject({
      organisationId: school.id,
      role: 'data-manager',
      yearGroups: null,
      invitedBy: cast.botolphs.user('okafor'),
    })
  })

  test('can be done again, or taken back, which asks first', async () => {
    await ask(okafor, '/school/users/new', { ...ash, email: 'back@st-botolphs.example' })
    const [waiting] = await access.listInvitations(directory, school)
    const path = `/school/invitations/${waiting?.id}`
    const sent = (await letters()).length
    expect(noticeOf(await ask(okafor, `${path}/resending`, {}))).toBe('invitation-resent')
    expect(await letters()).toHaveLength(sent + 1)
    expect(await htmlOf(ask(okafor, `${path}/withdrawal`))).toContain('Withdraw the invitation')
    expect(noticeOf(await ask(okafor, `${path}/withdrawal`, {}))).toBe('invitation-withdrawn')
    expect((await ask(okafor, `${path}/withdrawal`, {})).status).toBe(404)
    expect((await ask(okafor, `${path}/resending`, {})).status).toBe(404)
  })
})

describe('one user', () => {
  test('has a page with all that can be done; one’s own has none of it', async () => {
    const id = await colleague()
    const html = await htmlOf(ask(okafor, pathOf(id)))
    for (const words of ['Robin Ray', 'Suspend', 'Remove', 'Ask for a new password', 'Never'])
      expect(html).toContain(words)
    expect(html).not.toContain('Sign out everywhere')
    const own = await htmlOf(ask(okafor, pathOf(cast.botolphs.user('okafor'))))
    expect(own).toContain('You cannot do this to your own account')
    for (const words of ['/suspension', '/removal', '/role']) expect(own).not.toContain(words)
  })

  test('gets another role, with what they have ticked before', async () => {
    const id = await colleague({ yearGroups: ['Year 3', 'Year 12'] })
    const form = await htmlOf(ask(okafor, pathOf(id, '/role')))
    expect(form).toMatch(/value="basic" checked/)
    // A year that the school no longer has can be kept.
    expect(form).toMatch(/value="Year 12" checked/)
    const to = { role: 'data-manager', grants: ['safeguarding'], years: ['Year 3'] }
    const answer = await ask(okafor, pathOf(id, '/role'), to)
    expect([...whereTo(answer), noticeOf(answer)]).toEqual([303, pathOf(id), 'user-changed'])
    expect(await found(id)).toMatchObject({
      role: 'data-manager',
      grants: ['safeguarding'],
      yearGroups: null,
    })
  })

  test('does not become an operator by a form that says so', async () => {
    const id = await colleague()
    const answer = await ask(okafor, pathOf(id, '/role'), { role: 'operator-administrator' })
    expect([answer.status, (await found(id)).role]).toEqual([422, 'basic'])
    const own = cast.botolphs.user('okafor')
    const to = { role: 'administrator', grants: 'safeguarding' }
    expect(await htmlOf(ask(okafor, pathOf(own, '/role'), to))).toContain('your own account')
    expect((await found(own)).grants).toEqual([])
  })

  test('is suspended and reinstated', async () => {
    const id = await colleague()
    expect(await htmlOf(ask(okafor, pathOf(id, '/suspension')))).toContain('Suspend the account')
    expect((await found(id)).state).toBe('active')
    await ask(okafor, pathOf(id, '/suspension'), {})
    expect(await htmlOf(ask(okafor, pathOf(id)))).toContain('Reinstate')
    const answer = await ask(okafor, pathOf(id, '/reinstatement'), {})
    expect([noticeOf(answer), (await found(id)).state]).toEqual(['user-reinstated', 'active'])
    const again = await ask(okafor, pathOf(id, '/reinstatement'), {})
    expect(again.status).toBe(409)
    expect(await htmlOf(again)).toContain('This account is not suspended')
  })

  test('is signed out everywhere, and asked for a new password', async () => {
    const id = await colleague()
    const { email } = await found(id)
    const cookie = await wholeSession(directory, { email, password: PASSWORD })
    expect(await htmlOf(ask(okafor, pathOf(id)))).toContain('Yes, on one device')
    expect(noticeOf(await ask(okafor, pathOf(id, '/sessions'), {}))).toBe('user-sessions-ended')
    expect(whereTo(await ask(cookie, '/school'))[0]).toBe(303)
    await ask(okafor, pathOf(id, '/password-change'), {})
    const answer = await access.signIn(directory, {
      email,
      password: PASSWORD,
      from: '198.51.100.7',
    })
    expect(answer).toMatchObject({ needs: 'new-password' })
  })

  test('is removed after being asked, is listed apart, and nothing more is done', async () => {
    const id = await colleague({ name: 'Gale Gone' })
    expect(await htmlOf(ask(okafor, pathOf(id, '/removal')))).toContain('Their name stays in the')
    const answer = await ask(okafor, pathOf(id, '/removal'), {})
    expect(whereTo(answer)).toEqual([303, '/school/users'])
    expect(await htmlOf(ask(okafor, '/school/users'))).toContain('Removed accounts (1)')
    expect(await htmlOf(ask(okafor, pathOf(id)))).toContain('This account is removed')
    for (const below of ['/role', '/suspension', '/removal', '/password-change']) {
      expect((await ask(okafor, pathOf(id, below))).status).toBe(404)
    }
  })

  test('in charge stays while nobody else is', async () => {
    const sol = await cookieOf(directory, 'sol')
    const { school: next } = cast.oakfield
    const [abara] = await access.list(directory, next)
    invariant(abara, 'Mr Abara is there')
    // Not from the page of another area, and not by a neighbour.
    for (const area of ['school', 'operator']) {
      const cookie = area === 'school' ? okafor : sol
      expect((await ask(cookie, `/${area}/users/${abara.id}/removal`, {})).status).toBe(404)
    }
    const second = await colleague({ role: 'administrator', name: 'Mx Second' })
    const { email } = await found(second)
    const cookie = await wholeSession(directory, { email, password: PASSWORD })
    const [one, other] = await Promise.all([
      ask(cookie, pathOf(cast.botolphs.user('okafor'), '/suspension'), {}),
      ask(okafor, pathOf(second, '/suspension'), {}),
    ])
    expect([one.status, other.status].toSorted()).not.toEqual([303, 303])
    const all = await access.list(directory, school)
    const inCharge = all.filter(({ role, state }) => role === 'administrator' && state === 'active')
    expect(inCharge).toHaveLength(1)
    await directory.write(
      directory.db
        .update(usersTable)
        .set({ state: 'active' })
        .where(eq(usersTable.organisationId, school.id)),
    )
    okafor = await cookieOf(directory, 'okafor')
  })
})

describe('a leaver', () => {
  test('is named on the list and on their page until the account is closed', async () => {
    expect(await leaversAmongUsers(directory, school)).toEqual([])
    const staff = await people.listStaff(school)
    const pym = staff.find(({ record }) => record.surname === 'Pym')
    invariant(pym, 'Mr Pym is on the staff')
    const leftAtMs = Date.UTC(2026, 10, 20)
    await school.commit(
      [people.staffLeft(school, [pym.id], leftAtMs)],
      audit.entry(school, 'staff.left', pym.id),
    )
    const user = cast.botolphs.user('pym')
    expect(await leaversAmongUsers(directory, school)).toEqual([
      { user: await found(user), leftAtMs },
    ])
    const html = await htmlOf(ask(okafor, '/school/users'))
    expect(html).toContain('One person has left, the staff list says')
    expect(html).toContain('Has left')
    expect(await htmlOf(ask(okafor, pathOf(user)))).toContain('left on Friday 20 November 2026')

    await ask(okafor, pathOf(user, '/removal'), {})
    expect(await leaversAmongUsers(directory, school)).toEqual([])
    expect(await htmlOf(ask(okafor, '/school/users'))).not.toContain('One person has left')
  })

  test('is nobody whose address somebody has who still works there', async () => {
    const staff = await people.listStaff(school)
    const bell = staff.find(({ record }) => record.surname === 'Bell')
    const tennant = staff.find(({ record }) => record.surname === 'Tennant')
    invariant(bell && tennant, 'both are on the staff')
    const key = await people.pointKey(school, 'email', castUsers.bell.email)
    await school.write(people.staffLeft(school, [tennant.id], Date.now()))
    expect((await people.staffWhoLeft(school, [key])).size).toBe(0)
    await school.write(people.staffLeft(school, [bell.id], 5))
    expect([...(await people.staffWhoLeft(school, [key])).values()]).toEqual([5])
    expect((await people.staffWhoLeft(cast.oakfield.school, [key])).size).toBe(0)
    expect((await people.staffWhoLeft(school, [])).size).toBe(0)
  })
})

test('nobody’s name or address stands in a link', async () => {
  for (const path of ['/school/users', pathOf(cast.botolphs.user('bell'))]) {
    const links = [...(await htmlOf(ask(okafor, path))).matchAll(/(?:href|action)="([^"]*)"/g)]
    const paths = links.map(([, href = '']) => href)
    expect(paths.length).toBeGreaterThan(5)
    expect(paths.filter((href) => /bell|okafor|ash@|%40/i.test(href))).toEqual([])
    expect(paths.some((href) => parseId('user', href.split('/')[3]))).toBe(true)
  }
})
