import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type ContactId, isRefusal, newId, type PupilId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { upload } from '../../../test/cast/office.ts'
import { adult, child, emptySchool, reach, tie } from '../../../test/cast/pieces.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'

/**
 * Dean Marsh, who must not be told where Teddy is, was in the school's system twice. The school joined his two
 * records here; its system still has both, and sends them every night.
 */
const { FILES } = env as unknown as TestEnv
const BORN = '2020-01-09'
let directory: Directory
let school: School
let [teddy, mother, dean, second] = fresh()

function fresh(): [PupilId, ContactId, ContactId, ContactId] {
  return [newId('pupil'), newId('contact'), newId('contact'), newId('contact')]
}

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv))
})

beforeEach(async () => {
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  ;[teddy, mother, dean, second] = fresh()
  await school.write(
    await people.pupilsSaved(school, [child(teddy, 'Teddy', 'Marsh', { dateOfBirth: BORN })]),
    await people.contactsSaved(school, [
      adult(mother, 'Kerry', 'Marsh'),
      adult(dean, 'Dean', 'Marsh'),
      adult(second, 'Dean', 'MARSH'),
    ]),
    await people.relationshipsSaved(school, [
      tie(teddy, mother, 1),
      tie(teddy, dean, 2),
      tie(teddy, second, 3),
    ]),
    await people.pointsSaved(school, [
      reach(mother, '+447700900021'),
      reach(dean, '+447700900022'),
      reach(second, '+447700900771'),
    ]),
  )
  const laid = await people.addRestriction(school, {
    contactId: dean,
    pupilId: teddy,
    scope: 'all-contact',
    record: { reason: 'Court order', evidence: null, owner: null },
    startsAtMs: Date.now() - 1_000,
    reviewAtMs: null,
  })
  if (isRefusal(laid)) throw new Error(laid.refused)
})

const row = (...given: string[]) =>
  [`Marsh,Teddy,09/01/2020,Kerry,Marsh,07700 900021,No`, ...given, ',,,', ',,,', ',,,']
    .slice(0, 4)
    .join(',')

const HEADINGS = `Surname,Forename,DOB,${[1, 2, 3, 4]
  .map((n) => ['Forename', 'Surname', 'Mobile', 'No Contact'].map((name) => `Contact ${n} ${name}`))
  .flat()
  .join(',')}`

const DEAN = 'Dean,Marsh,07700 900022,No'
const LOST = 'Dean,Marsh,07700 900777,No'

async function pupil(): Promise<people.Pupil> {
  const one = await people.find(school, teddy)
  if (!one) throw new Error('Teddy is on roll')
  return one
}

const looked = (...fathers: string[]) =>
  upload(school, FILES, new TextEncoder().encode(`${HEADINGS}\r\n${row(...fathers)}\r\n`), {
    isPartial: true,
  })

async function bring(...fathers: string[]): Promise<mis.Import> {
  const imported = await looked(...fathers)
  expect(imported).toMatchObject({ heldBecause: null, counts: { contacts: { added: 0 } } })
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  return imported
}

const fathers = async () =>
  (await pupil()).contacts.filter(({ record }) => record.forename === 'Dean')

test.each([
  ['the order was on the one that stays', () => [dean, second] as const],
  ['the order was on the one that went', () => [second, dean] as const],
])('an import brings no second father back, where %s', async (_, whoStays) => {
  const [kept, gone] = whoStays()
  expect(await messaging.joinContacts(school, kept, gone)).toBeUndefined()

  await bring(DEAN, LOST)
  const [father, ...others] = await fathers()
  expect(others).toEqual([])
  expect(father).toMatchObject({ id: kept, standing: 'all-contact', priority: 2 })
  const numbers = father?.points.map(({ value }) => value)
  expect(numbers).toEqual(expect.arrayContaining(['+447700900022', '+447700900777']))

  // The same file again changes nothing.
  const again = await looked(DEAN, LOST)
  expect(again.counts).toMatchObject({
    contacts: { added: 0, changed: 0 },
    pupils: { changed: 0 },
  })
})

test('he is found by the lost name and another number alone, and where he was dropped before', async () => {
  await messaging.joinContacts(school, dean, second)
  await bring(LOST)
  expect(await fathers()).toMatchObject([{ id: dean, standing: 'all-contact' }])

  const [tied] = (await people.snapshot(school)).relationships.filter(
    ({ contactId, pupilId }) => contactId === dean && pupilId === teddy,
  )
  await school.write(people.relationshipsEnded(school, tied ? [tied.id] : []))
  expect(await fathers()).toEqual([])
  await bring('Dean,Marsh,07700 900778,No')
  expect(await fathers()).toMatchObject([{ id: dean, standing: 'all-contact' }])
})

test('a “do not contact” on either of his rows holds, whichever comes first', async () => {
  const [laid] = await people.restrictionsOf(school, [dean])
  await messaging.joinContacts(school, dean, second)
  await bring(DEAN.replace('No', 'Yes'), LOST)
  await bring(DEAN, LOST.replace('No', 'Yes'))
  const held = await people.restrictionsOf(school, [dean])
  expect(held.map(({ source }) => source).toSorted()).toEqual(['mis', 'school'])
  expect(held.map(({ id }) => id)).toContain(laid?.id)
})

test('without a joining, two of one name for one child are still two people', async () => {
  await school.write(await people.pointsSaved(school, [reach(second, '+447700900772')]))
  const imported = await looked(DEAN, 'Dean,Marsh,07700 900771,No', LOST)
  expect(imported.counts).toMatchObject({ contacts: { added: 1 } })
})

test('a grandfather of the same name, known by his number, stays himself', async () => {
  await messaging.joinContacts(school, dean, second)
  const grandfather: ContactId = newId('contact')
  await school.write(
    await people.contactsSaved(school, [adult(grandfather, 'Dean', 'Marsh')]),
    await people.relationshipsSaved(school, [tie(teddy, grandfather, 4)]),
    await people.pointsSaved(school, [reach(grandfather, '+447700900779')]),
  )
  await bring(LOST, 'Dean,Marsh,07700 900779,No', DEAN)
  const found = new Map((await fathers()).map(({ id, ...rest }) => [id, rest]))
  expect([...found.keys()].toSorted()).toEqual([dean, grandfather].toSorted())
  expect(found.get(dean)?.standing).toBe('all-contact')
  const his = found.get(grandfather)
  expect(his).toMatchObject({ standing: 'none' })
  expect(his?.points.map(({ value }) => value)).toEqual(['+447700900779'])
})

test('what was joined before goes along with the next joining, and holds digests only', async () => {
  await messaging.joinContacts(school, second, dean)
  const third: ContactId = newId('contact')
  await school.write(
    await people.contactsSaved(school, [adult(third, 'Dean', 'Marsh')]),
    await people.relationshipsSaved(school, [tie(teddy, third, 4)]),
  )
  await messaging.joinContacts(school, third, second)
  const { aliases } = await people.snapshot(school)
  const name = await people.contactKey(school, { forename: 'Dean', surname: 'Marsh' })
  expect(aliases).toEqual([{ pupilId: teddy, nameFingerprint: name, contactId: third }])
})
