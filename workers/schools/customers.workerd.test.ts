import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { invariant, millipence, newId, type OrganisationId, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { meanwhile } from '../../test/cast/meanwhile.ts'
import { organisationContacts, organisations } from './directory-tables.ts'

// The Elm Trust holds Elmfield; Ashby is on its own. It is the end of November.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const by = {
  kind: 'operator',
  id: newId('user'),
  role: 'operator-administrator',
  access: null,
} as const
const contacts: schools.OrganisationContacts = {
  address: '1 Elm Road, Northmoor',
  contactName: 'Mrs Ada Larkspur',
  contactEmail: 'ada@elmfield.example',
  contactPhone: '+441632960001',
  dataProtectionOfficerName: 'Mr Ben Teasel',
  dataProtectionOfficerEmail: 'dpo@elmfield.example',
}
let directory: Directory
let trust: OrganisationId
let elmfield: School
let ashby: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  trust = (await schools.create(directory, { kind: 'trust', name: 'The Elm Trust', by })).id
  elmfield = await setUp({
    name: 'Elmfield School',
    partOf: trust,
    textsFrom: '+447700900010',
    contacts,
  })
  ashby = await setUp({ name: 'St Ashby’s Primary', textsFrom: '+447700900011' })
})

type Given = Partial<schools.NewOrganisation>
const detailsOf = (given: Given) =>
  ({
    kind: 'school' as const,
    name: 'Somewhere',
    products: ['call-parents' as const],
    by,
    ...given,
  }) satisfies schools.NewOrganisation

async function setUp(given: Given): Promise<School> {
  const id = newId('organisation')
  expect(await schools.setUp(directory, { ...detailsOf(given), id })).toEqual({ isNew: true })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was set up has an area')
  return school
}

/** Entries of one moment are in no order. */
const aMomentLater = () => clock.advance(1)
const stateOf = async ({ id }: Pick<School, 'id'>) => (await schools.find(directory, id))?.state
const actionsIn = async (school: School) =>
  (await audit.about(school, school.id, 20)).map(({ action }) => action)

describe('setting up', () => {
  test('the same form twice, even at once, makes one organisation', async () => {
    const id = newId('organisation')
    const details = { ...detailsOf({ name: 'Twice School', contacts }), id }
    const done = await Promise.all([1, 2, 3].map(() => schools.setUp(directory, details)))
    expect(done.filter((one) => 'isNew' in one && one.isNew)).toHaveLength(1)
    expect(await schools.setUp(directory, details)).toEqual({ isNew: false })
    const found = await schools.search(directory, { words: 'Twice' }, { limit: 9, offset: 0 })
    expect(found.map(({ name }) => name)).toEqual(['Twice School'])
  })

  test('two forms at once do not get one number', async () => {
    const textsFrom = '+447700900019'
    const done = await Promise.all(
      [1, 2].map(() =>
        schools.setUp(directory, { ...detailsOf({ textsFrom }), id: newId('organisation') }),
      ),
    )
    expect(done).toContainEqual({ isNew: true })
    expect(done).toContainEqual({ refused: 'number-taken', field: 'textsFrom' })
  })

  test('is refused for another’s number, and for a trust that is none', async () => {
    const id = newId('organisation')
    const taken = { ...detailsOf({ textsFrom: '+447700900010' }), id }
    expect(await schools.setUp(directory, taken)).toMatchObject({ refused: 'number-taken' })
    const lost = { ...detailsOf({ partOf: elmfield.id }), id }
    expect(await schools.setUp(directory, lost)).toMatchObject({ refused: 'no-such-trust' })
    expect(await schools.find(directory, id)).toBeUndefined()
  })

  test('seals whom to write to under the organisation’s own key', async () => {
    expect(await schools.contactsOf(directory, elmfield)).toEqual(contacts)
    const [row] = await directory.db
      .select()
      .from(organisationContacts)
      .where(eq(organisationContacts.id, elmfield.id))
    expect(JSON.stringify(row)).not.toMatch(/Larkspur|Elm Road|ada@/)
    await expect(
      ashby.open(organisationContacts.record, elmfield.id, row?.record as never),
    ).rejects.toThrow()
  })
})

describe('customers', () => {
  const namesFor = async (narrowed: schools.Narrowed) =>
    (await schools.search(directory, narrowed, { limit: 50, offset: 0 })).map(({ name }) => name)

  test('are found by part of a name, however its apostrophe is typed', async () => {
    for (const words of ['ashby', "st ashby's", 'St Ashby’s', ' ASHBY ']) {
      expect(await namesFor({ words })).toEqual(['St Ashby’s Primary'])
    }
    expect(await namesFor({ words: '%' })).toEqual([])
    expect(await namesFor({ words: 'x'.repeat(200) })).toEqual([])
  })

  test('are narrowed by kind and contract, and counted so', async () => {
    expect(await namesFor({ kind: 'trust' })).toEqual(['The Elm Trust'])
    expect(await namesFor({ words: 'e', state: 'purged' })).toEqual([])
    expect(await schools.countFound(directory, { kind: 'trust' })).toBe(1)
    expect((await schools.schoolsOf(directory, trust)).map(({ id }) => id)).toEqual([elmfield.id])
    expect((await schools.trusts(directory)).map(({ id }) => id)).toEqual([trust])
  })
})

describe('details', () => {
  const given = (change: Partial<schools.Details>): schools.Details => ({
    name: 'Elmfield School',
    partOf: trust,
    misSupplier: null,
    dfeNumber: null,
    startsOn: null,
    textsFrom: '+447700900010',
    emailFrom: null,
    smsPriceMillipence: millipence(2.4),
    ...change,
  })
  const change = (to: Partial<schools.Details>, whom = contacts) => {
    aMomentLater()
    return schools.changeDetails(directory, elmfield, given(to), whom)
  }

  test('are changed; the trail says which, and nothing personal', async () => {
    const whom = { ...contacts, contactName: 'Mr Cole Sorrel' }
    expect(await change({ misSupplier: 'Arbor Education' }, whom)).toBeUndefined()
    expect(await schools.find(directory, elmfield.id)).toMatchObject({
      misSupplier: 'Arbor Education',
      smsPriceMillipence: 2_400,
    })
    const [entry] = await audit.about(elmfield, elmfield.id, 1)
    expect(entry).toMatchObject({ action: 'organisation.details-changed', actorKind: 'operator' })
    expect(entry?.facts).toMatchObject({ misSupplier: true, contacts: true })
    expect(JSON.stringify(entry)).not.toMatch(/Arbor|Sorrel/)
  })

  test('that are as they were leave no entry', async () => {
    const known = await schools.contactsOf(directory, elmfield)
    invariant(known, 'Elmfield has contacts')
    const before = await actionsIn(elmfield)
    expect(await change({ misSupplier: 'Arbor Education' }, known)).toBeUndefined()
    expect(await actionsIn(elmfield)).toEqual(before)
  })

  test('of the Department for Education’s number: changed with an entry, and kept with the school', async () => {
    const whom = await schools.contactsOf(directory, elmfield)
    await change({ misSupplier: 'Arbor Education', dfeNumber: '933/4012' }, whom)
    expect((await schools.find(directory, elmfield.id))?.dfeNumber).toBe('933/4012')
    const [entry] = await audit.about(elmfield, elmfield.id, 1)
    expect(entry).toMatchObject({ action: 'organisation.details-changed' })
    expect(entry?.facts).toMatchObject({ dfeNumberBefore: 'none', dfeNumberAfter: '933/4012' })
    expect(Object.keys(entry?.facts ?? {})).not.toContain('misSupplier')
  })

  test('do not take a neighbour’s number', async () => {
    expect(await change({ textsFrom: '+447700900011' })).toMatchObject({ refused: 'number-taken' })
    expect((await schools.findByNumber(directory, '+447700900011'))?.id).toBe(ashby.id)
  })
})

describe('a DfE number', () => {
  const setUpWith = (dfeNumber: schools.DfeNumber, name: string) =>
    schools.setUp(directory, { ...detailsOf({ dfeNumber, name }), id: newId('organisation') })
  const changeTo = (school: School, name: string, dfeNumber: schools.DfeNumber | null) =>
    schools.changeDetails(
      directory,
      school,
      {
        name,
        partOf: null,
        misSupplier: null,
        dfeNumber,
        startsOn: null,
        textsFrom: null,
        emailFrom: null,
        smsPriceMillipence: millipence(2.4),
      },
      contacts,
    )
  const numberOf = async ({ id }: School) => (await schools.find(directory, id))?.dfeNumber
  const taken = (heldBy: string) => ({ refused: 'dfe-number-taken', field: 'dfeNumber', heldBy })

  test('that another organisation has is refused, and says whose it is', async () => {
    const birch = await setUp({ name: 'Birch School', dfeNumber: '933/5001' })
    const cedar = await setUp({ name: 'Cedar School', dfeNumber: '933/5002' })
    expect(await setUpWith('933/5001', 'Dogwood School')).toEqual(taken('Birch School'))
    expect(await schools.countFound(directory, { words: 'Dogwood' })).toBe(0)

    const before = await actionsIn(cedar)
    expect(await changeTo(cedar, 'Cedar School', '933/5001')).toEqual(taken('Birch School'))
    expect([await numberOf(cedar), await actionsIn(cedar)]).toEqual(['933/5002', before])
    // One's own stays one's own, and nobody else has no number at all.
    expect(await changeTo(birch, 'Birch Primary', '933/5001')).toBeUndefined()
    expect(await changeTo(birch, 'Birch Primary', null)).toBeUndefined()
    expect(await changeTo(cedar, 'Cedar School', null)).toBeUndefined()
    expect(await setUpWith('933/5001', 'Dogwood School')).toEqual({ isNew: true })
  })

  test('is given to one of two who are set up, or changed to it, at once', async () => {
    const made = await Promise.all(
      ['Hazel', 'Holly'].map((name) => setUpWith('933/5003', `${name} School`)),
    )
    expect(made).toContainEqual({ isNew: true })
    expect(made).toContainEqual(taken(expect.stringMatching(/^H.* School$/) as string))

    const [lime, larch] = [await setUp({ name: 'Lime' }), await setUp({ name: 'Larch' })]
    const changed = await Promise.all([
      changeTo(lime, 'Lime', '933/5004'),
      changeTo(larch, 'Larch', '933/5004'),
    ])
    expect(changed.filter((one) => one === undefined)).toHaveLength(1)
    expect(changed).toContainEqual(taken(expect.stringMatching(/^L/) as string))
    expect([await numberOf(lime), await numberOf(larch)].toSorted()).toEqual(['933/5004', null])

    const overtaking = () => setUp({ name: 'Quick School', dfeNumber: '933/5005' })
    const late = await changeTo(meanwhile(lime, overtaking), 'Lime', '933/5005')
    expect(late).toEqual(taken('Quick School'))
    expect(await actionsIn(lime)).toContain('organisation.details-kept')
    expect(await numberOf(lime)).not.toBe('933/5005')
  })

  test('of one that is locked may go to another; then it is not opened again with it', async () => {
    const old = await setUp({ name: 'Old School', dfeNumber: '933/5006' })
    const reopen = (school = old) =>
      schools.changeContract(directory, school, 'reopen', { because: 'contract-renewed' })
    await schools.changeContract(directory, old, 'lock', { because: 'asked-by-customer' })
    expect(await reopen()).toBeUndefined()
    await schools.changeContract(directory, old, 'lock', { because: 'asked-by-customer' })

    let renewed: School | undefined
    const overtaking = async () => {
      renewed = await setUp({ name: 'New School', dfeNumber: '933/5006' })
    }
    expect(await reopen(meanwhile(old, overtaking))).toEqual({ refused: 'changed-meanwhile' })
    expect(await reopen()).toEqual(taken('New School'))
    expect(await stateOf(old)).toBe('locked')
    invariant(renewed, 'it was set up meanwhile')
    await changeTo(renewed, 'New School', null)
    expect(await reopen()).toBeUndefined()
    expect(await setUpWith('933/5006', 'Late School')).toEqual(taken('Old School'))
  })
})

describe('products', () => {
  const change = (...products: schools.Product[]) => {
    aMomentLater()
    return schools.changeProducts(directory, ashby, products)
  }

  test('are switched on and off, which the trail says by name', async () => {
    expect(await change('payments', 'tell-by-text')).toBeUndefined()
    const found = await schools.find(directory, ashby.id)
    expect(found?.products).toEqual(['tell-by-text', 'payments'])
    const [entry] = await audit.about(ashby, ashby.id, 1)
    expect(entry?.facts).toMatchObject({ 'call-parents': false, payments: true })
  })

  test('of another kind of customer, and none at all, are refused', async () => {
    expect(await change('looked-after-call')).toEqual({ refused: 'not-for-this-kind' })
    expect(await change()).toEqual({ refused: 'none-left' })
    expect((await schools.find(directory, ashby.id))?.products).toHaveLength(2)
  })
})

describe('a contract', () => {
  test('is noticed and locked by the operator; each step is in the trail', async () => {
    const school = await setUp({ name: 'Notice School' })
    const step = (one: schools.ContractStep, change: schools.ContractChange = {}) => {
      aMomentLater()
      return schools.changeContract(directory, school, one, change)
    }
    expect(await step('give-notice', { endsOn: '2027-07-31' })).toBeUndefined()
    expect(await step('lock', { because: 'not-paid' })).toBeUndefined()
    expect(await step('lock', { because: 'not-paid' })).toEqual({ refused: 'not-now' })
    expect(await step('reopen', { because: 'paid-since' })).toBeUndefined()
    expect(await schools.find(directory, school.id)).toMatchObject({
      state: 'active',
      endsOn: null,
    })
    expect((await actionsIn(school)).slice(0, 3)).toEqual([
      'contract.reopened',
      'contract.locked',
      'contract.notice-given',
    ])
    const [reopened] = await audit.about(school, school.id, 1)
    expect(reopened?.facts).toMatchObject({ from: 'locked', to: 'active', because: 'paid-since' })
  })

  test('that somebody else changed at that moment is told to the trail as not changed', async () => {
    const school = await setUp({ name: 'Overtaken School' })
    const quicker = () =>
      directory.db
        .update(organisations)
        .set({ state: 'notice', endsOn: '2027-07-31' })
        .where(eq(organisations.id, school.id))
    const late = await schools.changeContract(directory, meanwhile(school, quicker), 'lock', {
      because: 'misused',
    })
    expect(late).toEqual({ refused: 'changed-meanwhile' })
    const told = await audit.about(school, school.id, 5)
    expect(told.map(({ action }) => action)).toContain('contract.locked')
    const kept = told.find(({ action }) => action === 'contract.kept')
    expect(kept?.facts).toMatchObject({ because: 'changed-meanwhile' })
  })

  test('of two different steps at once, takes one', async () => {
    const school = await setUp({ name: 'Hasty School' })
    const done = await Promise.all([
      schools.changeContract(directory, school, 'lock', { because: 'misused' }),
      schools.changeContract(directory, school, 'give-notice', { endsOn: '2027-07-31' }),
    ])
    expect(done.filter((one) => one === undefined)).toHaveLength(1)
  })

  test('that has come to its end date is locked by the clock, from midnight in London, once', async () => {
    const school = await setUp({ name: 'Ending School', state: 'notice', endsOn: '2027-04-01' })
    const later = await setUp({ name: 'Later School', state: 'trial', endsOn: '2027-04-02' })
    expect(await schools.endingBy(directory, '2027-04-01', 5)).toMatchObject([{ id: school.id }])
    // British Summer Time has begun: midnight is at 23:00 UTC.
    clock.advance(Date.UTC(2027, 2, 31, 22, 59) - clock.now())
    expect(await schools.lockEnded(directory)).toEqual([])
    clock.advance(60_000)
    expect(await schools.lockEnded(directory)).toEqual([school.id])
    expect(await schools.lockEnded(directory)).toEqual([])
    expect([await stateOf(school), await stateOf(later)]).toEqual(['locked', 'trial'])
    const [locked] = await audit.about(school, school.id, 1)
    expect(locked).toMatchObject({ action: 'contract.locked', actorId: 'clock' })
  })

  test('of the operator itself is never over', async () => {
    const { id } = await schools.create(directory, {
      kind: 'operator',
      name: 'Schoolgate',
      endsOn: '2020-01-01',
      by: system('seed'),
    })
    expect(await schools.lockEnded(directory)).toEqual([])
    expect(await stateOf({ id })).toBe('active')
  })
})

describe('accounts', () => {
  test('have what was bought, spent and returned in a month and in all, each customer its own', async () => {
    const school = await setUp({ name: 'Account School' })
    const message = newId('message')
    const pounds = (amount: number) => millipence(amount * 100)
    await schools.bought(school, pounds(250), 'first-credit')
    const endOfMonthMs = clock.now()
    clock.advance(40 * 864e5)
    await school.commit(
      schools.spent(school, message, pounds(15.36)),
      schools.returned(school, message, pounds(0.48)),
      audit.entry(school, 'message.dispatched', message),
    )
    const period = { fromMs: endOfMonthMs + 1, untilMs: clock.now() + 1 }
    const page = { limit: 50, offset: 0 }
    const all = await schools.accounts(directory, period, page)
    expect(all.find(({ id }) => id === school.id)).toMatchObject({
      inPeriod: { bought: 0, spent: pounds(15.36), returned: pounds(0.48) },
      inAll: { bought: pounds(250), spent: pounds(15.36), returned: pounds(0.48) },
      balance: await schools.balance(school),
    })
    expect(all.find(({ id }) => id === elmfield.id)).toMatchObject({
      inAll: { bought: 0, spent: 0, returned: 0 },
      balance: 0,
    })
    expect(all.map(({ id }) => id)).not.toContain(trust)
    expect(await schools.countAccounts(directory)).toBe(all.length)
    const second = await schools.accounts(directory, period, { limit: 1, offset: 1 })
    expect(second).toEqual(all.slice(1, 2))
  })
})
