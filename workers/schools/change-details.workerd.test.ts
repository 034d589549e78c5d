import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { invariant, millipence, newId, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { meanwhile } from '../../test/cast/meanwhile.ts'

// Two of the operator's people have Elmfield's details open at once. What the trail says of them is what happened.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const by = {
  kind: 'operator',
  id: newId('user'),
  role: 'operator-administrator',
  access: null,
} as const
const nobody = {
  address: '',
  contactName: '',
  contactEmail: '',
  contactPhone: '',
  dataProtectionOfficerName: '',
  dataProtectionOfficerEmail: '',
}
let directory: Directory
let elmfield: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  elmfield = await setUp('Elmfield School', '+447700900010')
  expect(await change(elmfield, {})).toBeUndefined()
})

async function setUp(name: string, textsFrom: string): Promise<School> {
  const id = newId('organisation')
  const details = { id, kind: 'school', name, products: ['call-parents'], textsFrom, by } as const
  const done = await schools.setUp(directory, { ...details, products: ['call-parents'] })
  expect(done).toEqual({ isNew: true })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was set up has an area')
  return school
}

function change(school: School, to: Partial<schools.Details>, whom = nobody) {
  clock.advance(1)
  const as: schools.Details = {
    name: 'Elmfield School',
    partOf: null,
    misSupplier: null,
    dfeNumber: null,
    startsOn: null,
    textsFrom: '+447700900010',
    emailFrom: null,
    smsPriceMillipence: millipence(2.4),
    ...to,
  }
  return schools.changeDetails(directory, school, as, whom)
}

/** Elmfield, for whoever is a moment too late. */
const overtakenBy = (happens: () => Promise<unknown>): School =>
  meanwhile(elmfield.as(by), async () => {
    await happens()
    clock.advance(1)
  })

/** What the trail says since, the newest first. */
async function toldWhile(acts: () => Promise<void>) {
  const before = await audit.about(elmfield, elmfield.id, 50)
  await acts()
  const after = await audit.about(elmfield, elmfield.id, 50)
  return after.slice(0, after.length - before.length)
}

test('whoever is too late changes nothing, and the trail says that nothing came of it', async () => {
  const told = await toldWhile(async () => {
    const late = overtakenBy(() => change(elmfield, { name: 'Elmfield Primary' }))
    const whom = { ...nobody, contactName: 'Mr Too Late' }
    expect(await change(late, { name: 'Elmfield Academy' }, whom)).toEqual({
      refused: 'changed-meanwhile',
    })
  })
  expect((await schools.find(directory, elmfield.id))?.name).toBe('Elmfield Primary')
  expect(await schools.contactsOf(directory, elmfield)).toEqual(nobody)
  expect(told.map(({ action }) => action)).toEqual([
    'organisation.details-kept',
    'organisation.details-changed',
    'organisation.details-changed',
  ])
  expect(told[0]?.facts).toMatchObject({ because: 'changed-meanwhile' })
})

test('whoever looks again can save theirs, and nothing is said of anything kept', async () => {
  const told = await toldWhile(async () => {
    expect(await change(elmfield, { name: 'Elmfield Academy' })).toBeUndefined()
  })
  expect(told.map(({ action }) => action)).toEqual(['organisation.details-changed'])
})

test('the number that texts come from stays with the neighbour who was quicker', async () => {
  const told = await toldWhile(async () => {
    const late = overtakenBy(() => setUp('Quick School', '+447700900015'))
    expect(await change(late, { textsFrom: '+447700900015' })).toMatchObject({
      refused: 'number-taken',
    })
  })
  expect((await schools.find(directory, elmfield.id))?.textsFrom).toBe('+447700900010')
  expect(told[0]).toMatchObject({
    action: 'organisation.details-kept',
    facts: { because: 'number-taken' },
  })
})
