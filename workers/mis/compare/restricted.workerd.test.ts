import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import * as delivery from '#delivery'
import { isRefusal, newId, type PupilId } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import { found, upload } from '../../../test/cast/office.ts'
import * as mis from '../index.ts'

/**
 * Dean Marsh must not be told where Teddy is: the school laid it down. Its MIS knows nothing of it, and
 * a clerk there writes his name anew.
 */
const { FILES } = env as unknown as TestEnv
let cast: Cast
let school: School
let teddy: PupilId
let row: (father: string) => string

beforeAll(async () => {
  cast = await settle(new Directory(await premisesOf(env as unknown as TestEnv)))
  school = cast.botolphs.school
  teddy = cast.botolphs.pupil('Teddy Marsh')
  const { upn, dateOfBirth } = (await pupil()).record
  const born = dateOfBirth?.split('-').reverse().join('/')
  row = (father) => `${upn},Marsh,Teddy,${born},Kerry,Marsh,07700 900021,No,${father}`
})

const HEADINGS = `UPN,Surname,Forename,DOB,${[1, 2]
  .map((n) => ['Forename', 'Surname', 'Mobile', 'No Contact'].map((name) => `Contact ${n} ${name}`))
  .flat()
  .join(',')}`

const file = (father: string, pupils = 'some') =>
  upload(school, FILES, new TextEncoder().encode(`${HEADINGS}\r\n${row(father)}\r\n`), {
    isPartial: pupils === 'some',
  })

async function pupil(): Promise<people.Pupil> {
  const one = await people.find(school, teddy)
  if (!one) throw new Error('Teddy is on roll')
  return one
}

const RENAMED = 'D,Marsh,07700 900777,No'
const DEAN = 'Dean,Marsh,07700 900022,No'

test('a file that writes the name another way is held, and says of whom', async () => {
  const imported = await file(RENAMED)
  expect(imported).toMatchObject({
    state: 'held',
    heldBecause: 'drops-a-restricted-contact',
    counts: { restrictions: { added: 0, ended: 0, dropped: 1 } },
  })
  const report = await mis.reportOf(school, FILES, imported, 'viewed')
  expect(report?.droppedContacts).toEqual([{ pupil: 'Teddy Marsh', contact: 'Mr Dean Marsh' }])
  expect(await mis.apply(school, FILES, imported)).toEqual({ refused: 'needs-approval' })
  expect((await pupil()).contacts.map(({ record }) => record.forename)).toContain('Dean')
  await mis.discard(school, FILES, imported)
})

test('that it drops a restricted contact is never hidden by how many pupils it removes', async () => {
  const imported = await file(RENAMED, 'all')
  expect(imported.heldBecause).toBe('drops-a-restricted-contact')
  expect(mis.removesMany(imported.counts!)).toBe(true)
  await mis.discard(school, FILES, imported)
})

test('one that lists him as before is not held', async () => {
  const imported = await file(DEAN)
  expect(imported).toMatchObject({ heldBecause: null, counts: { restrictions: { dropped: 0 } } })
  await mis.discard(school, FILES, imported)
})

test('an order that is laid after somebody looked holds the file up again', async () => {
  const mother = (await pupil()).contacts.find(({ record }) => record.forename !== 'Dean')
  if (!mother) throw new Error('Teddy has a mother')
  const alone = await upload(
    school,
    FILES,
    new TextEncoder().encode(
      `${HEADINGS}\r\n${row(DEAN)
        .replace(/Kerry,Marsh/, 'K,Marsh')
        .replace('900021', '900779')}\r\n`,
    ),
    { isPartial: true },
  )
  expect(alone.state).toBe('previewed')
  const laid = await people.addRestriction(school, {
    contactId: mother.id,
    pupilId: teddy,
    scope: 'all-contact',
    record: { reason: 'Order', evidence: null, owner: null },
    startsAtMs: Date.now() - 1_000,
    reviewAtMs: null,
  })
  if (isRefusal(laid)) throw new Error(laid.refused)
  expect(await mis.apply(school, FILES, alone)).toEqual({ refused: 'roll-has-changed' })
  expect((await found(school, alone.id)).heldBecause).toBe('drops-a-restricted-contact')
  await mis.discard(school, FILES, alone)
  await people.endRestriction(school, laid, 'entered-by-mistake')
})

test('approved and applied, the order still shows at the child, and its numbers stay silent', async () => {
  const imported = await file(RENAMED)
  expect(await mis.approve(school, imported)).toBeUndefined()
  expect(await mis.apply(school, FILES, await found(school, imported.id))).toBeUndefined()
  const after = await pupil()
  const dean = cast.botolphs.contact('Dean Marsh')
  expect(after.contacts.map(({ id }) => id)).not.toContain(dean)
  expect(await people.viewRestrictions(school, after)).toMatchObject([
    { contactId: dean, standing: 'all-contact' },
  ])
})

test('a mark that a file carries keeps back what is on its way, in the commit that lays it', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900777')
  const parcel = await delivery.parcelOf(school, {
    messageId: newId('message'),
    channel: 'sms',
    urgency: 0,
    address: '+447700900777',
    fingerprint: phone,
    subject: null,
    text: 'Teddy is at the library.',
    parts: 1,
    priceMillipence: 2_400,
  })
  await school.write(delivery.parcelsAdded(school, [parcel]))
  const imported = await file(RENAMED.replace('No', 'Yes'))
  expect(imported.counts?.restrictions.added).toBe(1)
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  const [line] = await delivery.listByIds(school, [parcel.id])
  expect(line).toMatchObject({ state: 'cancelled', withheldBecause: 'restricted' })

  const laid = (await people.viewRestrictions(school, await pupil())).find(
    ({ source }) => source === 'mis',
  )
  const [entry] = await audit.about(school, laid?.id ?? '', 1)
  expect(entry).toMatchObject({
    action: 'restriction.added',
    facts: { contact: laid?.contactId, import: imported.id },
  })
})
