import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, type OrganisationId } from '#kernel'
import * as schools from '#schools'
import { Directory, system } from '#shards'
import { parcels } from '#workers/delivery/tables.ts'
import { everyMinute } from '#workers/cron.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// Sol is the operator's Administrator, Dot its Basic, Lin its Finance; Mr Abara runs Oakfield.
const ORIGIN = 'http://schoolgate.test'
const NEW = '/operator/organisations/new'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast
let sol: string
let dot: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password })
  sol = await signedIn('sol')
  dot = await signedIn('dot')
})

const signedIn = (name: CastUser): Promise<string> =>
  wholeSession(directory, { email: castUsers[name].email, password })

type Form = Record<string, string | string[]>

async function ask(cookie: string, path: string, form?: Form) {
  const fields = Object.entries(form ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  const answer = await worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { Cookie: cookie, Origin: ORIGIN },
      ...(form && { body: new URLSearchParams(fields) }),
      redirect: 'manual',
    }),
  )
  const text = (await answer.text()).replace(/\s+/g, ' ')
  return { status: answer.status, to: answer.headers.get('Location'), text }
}

const answers: Form = {
  kind: 'school',
  name: 'Elmfield School',
  dfeNumber: '9334012',
  partOf: '',
  startsOn: '2026-09-01',
  misSupplier: 'Arbor Education',
  textsFrom: '07700 900 010',
  price: '2.4',
  emailFrom: 'office@elmfield.example',
  begins: 'trial',
  endsOn: '31/8/2099',
  credit: '250',
  products: ['call-parents', 'tell-by-text'],
  address: '1 Elm Road',
  contactName: 'Mrs Vera Larkspur',
  contactEmail: 'larkspur@elmfield.example',
  contactPhone: '01632 960 001',
  dataProtectionOfficerName: 'Mr Ben Teasel',
  dataProtectionOfficerEmail: 'dpo@elmfield.example',
  personName: 'Ms Ida Fern',
  personEmail: 'fern@elmfield.example',
}

const idIn = (text: string): OrganisationId => {
  const found = /name="id" value="(org_\w+)"/.exec(text)?.[1]
  invariant(found, 'the form carries the id of the organisation to be')
  return found as OrganisationId
}
const fresh = async (change: Form = {}) => ({
  ...answers,
  ...change,
  id: idIn((await ask(sol, NEW)).text),
})
const path = (id: string, below = '') => `/operator/organisations/${id}${below}`
const found = async (words: string) => schools.search(directory, { words }, { limit: 9, offset: 0 })
const hidden = (name: string, value: string) =>
  new RegExp(`<input type="hidden" name="${name}" value="${value}"`)

describe('setting up an organisation', () => {
  test('asks page by page, keeps every answer along, and stores nothing on the way', async () => {
    const { id, ...given } = await fresh()
    const details = await ask(sol, NEW, { id, kind: 'school', to: 'details' })
    expect(details.text).toContain('<h1 class="govuk-heading-l"')
    expect(details.text).toContain('Number that texts come from')
    const contract = await ask(sol, NEW, { ...given, id, to: 'contract' })
    expect(contract.text).toMatch(hidden('name', 'Elmfield School'))
    expect(contract.text).toMatch(hidden('personEmail', 'fern@elmfield.example'))
    expect(contract.text).toContain('Call Parents')
    expect(contract.text).not.toContain('Looked After Call')
    const people = await ask(sol, NEW, { ...given, id, to: 'people' })
    expect(people.text).toMatch(hidden('products', 'tell-by-text'))
    expect(idIn(people.text)).toBe(id)
    const check = await ask(sol, NEW, { ...given, id, to: 'check' })
    for (const words of [
      'Elmfield School',
      '933/4012',
      '07700 900010',
      '2.4p',
      '£250.00',
      'Ms Ida Fern',
    ]) {
      expect(check.text).toContain(words)
    }
    expect(await found('Elmfield')).toEqual([])
  })

  test('goes no further than the first page with a fault, with what was typed kept', async () => {
    const { id, ...given } = await fresh()
    const wrong = { ...given, id, textsFrom: '01632 960 001', price: '2,4', to: 'create' }
    const { status, text } = await ask(sol, NEW, wrong)
    expect(status).toBe(422)
    expect(text).toContain('<a href="#textsFrom">Enter a mobile number. This one cannot take texts')
    expect(text).toContain('<a href="#price">Enter a price in pence')
    expect(text).toContain('value="2,4"')
    expect(text).toMatch(hidden('contactName', 'Mrs Vera Larkspur'))
    expect(await found('Elmfield')).toEqual([])
  })

  test.each<[string, Form, string]>([
    ['no kind', { kind: 'operator' }, 'Choose what kind of organisation it is'],
    ['no name', { name: ' ' }, 'Enter the organisation’s name'],
    [
      'a number of another school',
      { textsFrom: '07700 900 001' },
      'Another school texts from this',
    ],
    ['a number and no price', { price: '' }, 'Enter what each part of a text costs'],
    ['a DfE number that is none', { dfeNumber: '4012' }, 'like 933/4012'],
    ['a trust that is none', { partOf: 'org_x' }, 'Choose a trust from the list, or none'],
    ['a first day that never was', { startsOn: '31/2/2027' }, 'Enter the first day'],
    ['no way to begin', { begins: 'locked' }, 'Choose how the contract begins'],
    ['an end that has been', { endsOn: '2020-01-01' }, 'Enter an end date that is still to come'],
    ['no product', { products: [] }, 'Choose at least one product'],
    ['another kind’s product', { products: ['looked-after-call'] }, 'Choose at least one product'],
    ['too much credit', { credit: '1e9' }, 'Enter an amount in pounds'],
    ['an address that is none', { contactEmail: 'larkspur' }, 'Enter an e-mail address'],
    ['nobody to invite', { personName: '' }, 'Enter the name of the first Administrator'],
    ['an account that there is', { personEmail: castUsers.abara.email }, 'has an account already'],
  ])('with %s is refused in words, and nothing is made', async (_, change, words) => {
    const { status, text } = await ask(sol, NEW, { ...(await fresh(change)), to: 'create' })
    expect(status).toBe(422)
    expect(text).toContain(words)
    expect(await found('Elmfield')).toEqual([])
  })

  test('sent twice at once makes one, credits it once and invites one Administrator', async () => {
    const whole = { ...(await fresh()), to: 'create' }
    const done = await Promise.all([ask(sol, NEW, whole), ask(sol, NEW, whole)])
    expect(done.map(({ status, to }) => [status, to])).toEqual([
      [303, path(whole.id)],
      [303, path(whole.id)],
    ])
    const [made, ...others] = await found('Elmfield')
    expect(others).toEqual([])
    expect(made).toMatchObject({
      id: whole.id,
      state: 'trial',
      endsOn: '2099-08-31',
      textsFrom: '+447700900010',
      smsPriceMillipence: 2_400,
      products: ['call-parents', 'tell-by-text'],
    })
    const school = await directory.school(whole.id, system('seed'))
    invariant(school, 'a school that was set up has an area')
    expect(await schools.balance(school)).toBe(25_000_000)
    const [invited, ...more] = await access.listInvitations(directory, school)
    expect(more).toEqual([])
    expect(invited).toMatchObject({ email: 'fern@elmfield.example', role: 'administrator' })

    const posted = (await school.db.select().from(parcels)).filter(
      ({ schoolId }) => schoolId === school.id,
    )
    expect(posted).toHaveLength(1)
    const entries = await audit.list(school, { limit: 10 })
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set(['organisation.created', 'credit.bought', 'user.invited']),
    )
    expect(entries.every(({ fromWhere }) => fromWhere !== null)).toBe(true)
    expect(entries.every(({ actorId }) => actorId === cast.operator.user('sol'))).toBe(true)
  })

  test('cut short after the customer was made has its first credit with the next try, once', async () => {
    const whole = await fresh({
      name: 'Halfway School',
      dfeNumber: '',
      textsFrom: '07700 900 011',
    })
    const by = { kind: 'operator', id: cast.operator.user('sol'), role: 'x', access: null } as const
    const made = { kind: 'school', name: 'Halfway School', state: 'trial', by } as const
    await schools.setUp(directory, { ...made, id: whole.id, textsFrom: '+447700900011' })
    const school = await directory.school(whole.id, system('seed'))
    invariant(school, 'a school that was set up has an area')
    expect(await schools.balance(school)).toBe(0)
    for (let tries = 0; tries < 2; tries++) await ask(sol, NEW, { ...whole, to: 'create' })
    expect(await schools.balance(school)).toBe(25_000_000)
  })

  test('by somebody who proved long ago who they are asks them first', async () => {
    const old = await signedIn('sol')
    await directory.write({
      sql: 'update sessions set confirmed_at_ms = 0 where user_id = ?',
      params: [cast.operator.user('sol')],
    })
    expect((await ask(old, NEW)).to).toBe(`/account/confirmation?next=${encodeURIComponent(NEW)}`)
    sol = await signedIn('sol')
  })

  test('a trust asks for no product and nobody to invite, and has its schools', async () => {
    const { id } = await fresh()
    const trust = { id, kind: 'trust', name: 'The Elm Trust', begins: 'active', to: 'create' }
    expect((await ask(sol, NEW, trust)).to).toBe(path(id))
    expect((await ask(sol, path(id))).text).toContain('No school yet')

    const [elmfield] = await found('Elmfield School')
    invariant(elmfield, 'Elmfield was set up')
    const change = { ...answers, partOf: id, personName: 'not asked' }
    expect((await ask(sol, path(elmfield.id, '/details'), change)).to).toBe(path(elmfield.id))
    expect((await ask(sol, path(id))).text).toContain('Elmfield School')
    expect((await ask(sol, path(id, '/products'))).status).toBe(404)
  })
})

describe('a customer’s page', () => {
  test('shows Basic configuration, delivery and how many people, and nobody’s name', async () => {
    const [elmfield] = await found('Elmfield School')
    invariant(elmfield, 'Elmfield was set up')
    const basic = await ask(dot, path(elmfield.id))
    for (const words of ['933/4012', '07700 900010', 'Arbor Education', 'Nobody can sign in yet']) {
      expect(basic.text).toContain(words)
    }
    const personal =
      /Larkspur|Teasel|Fern|1 Elm Road|@elmfield\.example(?<!office@elmfield\.example)/
    expect(basic.text).not.toMatch(personal)
    expect((await ask(sol, path(elmfield.id))).text).toMatch(personal)
    const botolphs = await ask(dot, path(cast.botolphs.id))
    expect(botolphs.text).toContain('Data Manager')
    expect(botolphs.text).not.toMatch(/Okafor|Pym|Bell/)
    for (const below of ['/details', '/contract', '/locking', '/products', '/invitation']) {
      expect((await ask(dot, path(elmfield.id, below))).status).toBe(404)
    }
  })

  test('is not there for the operator itself, for nonsense, or for Finance', async () => {
    expect((await ask(sol, path(cast.operator.id))).status).toBe(404)
    expect((await ask(sol, path(cast.botolphs.pupil('Teddy Marsh')))).status).toBe(404)
    expect((await ask(await signedIn('lin'), path(cast.botolphs.id))).status).toBe(404)
  })

  test('of an authority offers an export, to an Administrator alone, and no way in', async () => {
    const shown = (await ask(sol, path(cast.northmoor.id))).text
    expect(shown).toContain(`href="${path(cast.northmoor.id, '/bulk-export')}"`)
    expect(shown).not.toContain('Enter with')
    expect((await ask(dot, path(cast.northmoor.id))).text).not.toContain('Ask for an export')
  })

  test('is found by name, kind and contract', async () => {
    const list = async (query: string) => (await ask(dot, `/operator/organisations${query}`)).text
    expect(await list("?name=st%20botolph's")).toContain('St Botolph’s Primary')
    expect(await list('?kind=authority')).not.toContain('St Botolph’s Primary')
    expect(await list('?state=purged')).toContain('No organisation fits')
    expect(await list('?kind=operator&state=nonsense&page=-1')).toContain('Northmoor Council')
  })
})

describe('a first invitation that went astray', () => {
  test('is sent again where nobody is in charge, and nowhere else', async () => {
    const [elmfield] = await found('Elmfield School')
    invariant(elmfield, 'Elmfield was set up')
    const again = { personName: 'Mr Hal Bracken', personEmail: 'bracken@elmfield.example' }
    const below = path(elmfield.id, '/invitation')
    expect((await ask(sol, below, { ...again, personEmail: castUsers.pym.email })).text).toContain(
      'has an account already',
    )
    expect((await ask(sol, below, again)).to).toBe(path(elmfield.id))
    const before = await ask(sol, path(cast.botolphs.id, '/invitation'), again)
    expect(before.to).toBe(path(cast.botolphs.id))
    expect(await access.listInvitations(directory, cast.botolphs.school)).toEqual([])
  })
})

describe('products', () => {
  test('that are switched off are gone from menu, pages and the way in', async () => {
    const oakfield = cast.oakfield.id
    const abara = await signedIn('abara')
    expect((await ask(abara, '/school')).text).toContain('href="/school/messages"')
    const none = await ask(sol, path(oakfield, '/products'), { products: ['nonsense'] })
    expect(none.text).toContain('Choose at least one product')
    await ask(sol, path(oakfield, '/products'), { products: ['payments'] })

    const home = await ask(abara, '/school')
    expect(home.status).toBe(200)
    expect(home.text).not.toContain('/school/messages')
    for (const closed of ['/school/messages', '/school/messages/new', '/school/replies']) {
      expect((await ask(abara, closed)).status).toBe(404)
    }
    await ask(sol, path(oakfield, '/products'), { products: ['call-parents'] })
    expect((await ask(abara, '/school/messages')).status).toBe(200)
  })
})

describe('a contract', () => {
  test('takes the steps that it may, and says what is wrong with others', async () => {
    const contract = path(cast.oakfield.id, '/contract')
    expect((await ask(sol, contract, {})).text).toContain('Choose what happens to the contract')
    const never = await ask(sol, contract, { step: 'withdraw-notice' })
    expect(never.text).toContain('Choose what the contract allows now')
    expect((await ask(sol, contract, { step: 'lock' })).status).toBe(422)
    const past = await ask(sol, contract, { step: 'give-notice', endsOn: '2020-01-01' })
    expect(past.text).toContain('<a href="#endsOn">Enter an end date that is still to come')
    await ask(sol, contract, { step: 'give-notice', endsOn: '31/8/2099' })
    expect((await ask(sol, path(cast.oakfield.id))).text).toContain('31 August 2099')
    await ask(sol, contract, { step: 'withdraw-notice' })
    expect(await schools.find(directory, cast.oakfield.id)).toMatchObject({ endsOn: null })
  })

  test('that is locked signs everybody out for good, until it is opened again', async () => {
    const abara = await signedIn('abara')
    const locking = path(cast.oakfield.id, '/locking')
    const asked = (await ask(sol, locking)).text
    expect(asked).toContain('It can be opened again within 14 days of being locked')
    // The operator is called as the product is: its pages are not titled with both.
    expect(asked).toContain('<title>Lock this organisation – Schoolgate</title>')
    expect((await ask(sol, locking, {})).text).toContain('Choose why it is locked')
    expect((await ask(sol, locking, { because: 'not-paid' })).to).toBe(path(cast.oakfield.id))
    expect((await ask(abara, '/school')).to).toMatch(/^\/sign-in/)
    expect((await ask(sol, locking)).status).toBe(404)
    // What may be owed to them as a file can be asked for while the area is locked.
    const locked = (await ask(sol, path(cast.oakfield.id))).text
    expect(locked).toContain('Ask for an export')
    expect(locked).not.toContain('Enter with')

    const reopening = path(cast.oakfield.id, '/reopening')
    expect((await ask(sol, reopening, { because: 'x' })).text).toContain('Choose why it is opened')
    await ask(sol, reopening, { because: 'paid-since' })
    expect((await ask(abara, '/school')).to).toMatch(/^\/sign-in/)
    expect((await ask(await signedIn('abara'), '/school')).status).toBe(200)
  })

  test('that ends today is locked within a minute, and its people are out', async () => {
    const abara = await signedIn('abara')
    await directory.write({
      sql: `update organisations set state = 'notice', ends_on = '2020-01-01' where id = ?`,
      params: [cast.oakfield.id],
    })
    await everyMinute(env as unknown as Env)
    expect((await schools.find(directory, cast.oakfield.id))?.state).toBe('locked')
    const left = await directory.rows({
      sql: 'select id from sessions where organisation_id = ? and ended_at_ms is null',
      params: [cast.oakfield.id],
    })
    expect(left).toEqual([])
    expect((await ask(abara, '/school')).to).toMatch(/^\/sign-in/)
  })
})

test('the operator’s home page says which contracts end and where nobody has an account', async () => {
  const soon = new Date(Date.now() + 10 * 864e5).toISOString().slice(0, 10)
  await directory.write({
    sql: `update organisations set state = 'notice', ends_on = ? where id = ?`,
    params: [soon, cast.northmoor.id],
  })
  const { text } = await ask(dot, '/operator')
  expect(text).toContain('Northmoor Council')
  expect(text).toContain('Elmfield School')
  expect(text).not.toContain('St Botolph’s Primary')
})
