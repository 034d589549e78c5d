import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import type { ImportId } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import { found, upload } from '../../test/cast/office.ts'
import * as mis from './index.ts'

/**
 * Oakfield's office imports its pupils, again and again, as the school year goes on. St Botolph's is on
 * the other shard and must notice nothing.
 */
const { FILES } = env as unknown as TestEnv
let cast: Cast
let oakfield: School

beforeAll(async () => {
  cast = await settle(new Directory(await premisesOf(env as unknown as TestEnv)))
  oakfield = cast.oakfield.school
})

const HEADINGS =
  'UPN,Adno,Surname,Forename,DOB,Year Group,Reg Group,' +
  [1, 2].map((n) => columns(n).join(',')).join(',')

function columns(n: number): string[] {
  const names = [
    'Title',
    'Forename',
    'Surname',
    'Relationship',
    'Parental Responsibility',
    'Mobile',
    'Email',
  ]
  return [...names, 'No Contact'].map((name) => `Contact ${n} ${name}`)
}

const csv = (...rows: string[]): Uint8Array =>
  new TextEncoder().encode([HEADINGS, ...rows].map((row) => `${row}\r\n`).join(''))

const HOLT = 'Mrs,Jane,Holt,Mother,Yes,07700 900201,jane.holt@example.com,No'
const IVAR = 'Mr,Ivar,Holt,Father,Yes,07700 900202,,No'
const NOBODY = ',,,,,,,'
const ADA = `,H1,Holt,Ada,01/02/2018,Year 4,4A,${HOLT},${IVAR}`
const BEN = `,H2,Holt,Ben,03/04/2016,Year 6,6A,${HOLT},${IVAR}`
const CY = `,H3,Cole,Cy,05/06/2017,Year 5,5A,Ms,Dee,Cole,Mother,Yes,07700 900203,,No,${NOBODY}`
const DI = `,H4,Dunn,Di,07/08/2017,Year 5,5A,Mr,Ed,Dunn,Father,Yes,07700 900204,,No,${NOBODY}`
const EVE = `,H5,Eden,Eve,09/10/2017,Year 5,5B,Mr,Al,Eden,Father,Yes,07700 900205,,No,${NOBODY}`
const FAY = `,H6,Ford,Fay,11/12/2017,Year 5,5B,Mr,Bo,Ford,Father,Yes,07700 900206,,No,${NOBODY}`

const uploaded = (school: School, bytes: Uint8Array, options?: { isPartial: boolean }) =>
  upload(school, FILES, bytes, options)

async function applied(school: School, bytes: Uint8Array): Promise<mis.Import> {
  let imported = await uploaded(school, bytes)
  if (imported.state === 'held') {
    expect(await mis.approve(school, imported)).toBeUndefined()
    imported = await found(school, imported.id)
  }
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  return found(school, imported.id)
}

const named = (rows: readonly people.PupilLine[]) =>
  rows.map(({ record }) => people.fullName(record))
const pupilNamed = async (school: School, name: string) => {
  const line = (await people.list(school)).find(({ record }) => people.fullName(record) === name)
  const pupil = line && (await people.find(school, line.id))
  if (!pupil) throw new Error(`${name} is not on roll`)
  return pupil
}
const objects = async (school: School, id: ImportId) =>
  (await FILES.list({ prefix: `imports/${school.id}/${id}/` })).objects.map(({ key }) =>
    key.split('/').at(-1),
  )

describe('a first file', () => {
  test('is looked at before anything changes, and held, as everyone else would leave', async () => {
    const before = await people.snapshot(oakfield)
    const imported = await uploaded(oakfield, csv(ADA, BEN, CY, DI, EVE, FAY))
    expect(imported.state).toBe('held')
    expect(imported.counts?.pupils).toMatchObject({ added: 6, leaving: before.pupils.length })
    expect(imported.counts?.contacts).toMatchObject({ added: 6 })
    expect(await people.snapshot(oakfield)).toEqual(before)
    expect(await mis.apply(oakfield, FILES, imported)).toEqual({ refused: 'needs-approval' })
    expect(await people.snapshot(oakfield)).toEqual(before)

    expect(await mis.approve(oakfield, imported)).toBeUndefined()
    expect(await mis.approve(oakfield, imported)).toEqual({ refused: 'not-held' })
    expect(await mis.apply(oakfield, FILES, await found(oakfield, imported.id))).toBeUndefined()
    expect(named(await people.list(oakfield))).toHaveLength(6)
  })

  test('puts brothers and sisters under one parent, with what the file says of them', async () => {
    const [ada, ben] = [
      await pupilNamed(oakfield, 'Ada Holt'),
      await pupilNamed(oakfield, 'Ben Holt'),
    ]
    expect(ada.contacts.map(({ id }) => id)).toEqual(ben.contacts.map(({ id }) => id))
    expect(ada).toMatchObject({ yearGroup: 'Year 4', registrationGroup: '4A' })
    const [jane] = ada.contacts
    expect(jane).toMatchObject({
      relationship: 'Mother',
      priority: 1,
      hasParentalResponsibility: true,
    })
    expect(jane?.points.map(({ channel, value }) => [channel, value]).sort()).toEqual([
      ['email', 'jane.holt@example.com'],
      ['sms', '+447700900201'],
    ])
  })

  test('leaves nothing of itself in the bucket but the report, and a trail', async () => {
    const [last] = await mis.list(oakfield)
    expect(last?.state).toBe('applied')
    expect(await objects(oakfield, last?.id as ImportId)).toEqual(['report'])
    const actions = (await audit.about(oakfield, last?.id as string, 10)).map(
      ({ action }) => action,
    )
    expect(actions.sort()).toEqual(['import.applied', 'import.approved', 'import.uploaded'])
  })
})

describe('the next file', () => {
  test('that is the same again finds its mapping, changes nothing and writes nothing', async () => {
    const before = await people.snapshot(oakfield)
    const imported = await uploaded(oakfield, csv(ADA, BEN, CY, DI, EVE, FAY))
    expect(imported.counts && mis.changesNothing(imported.counts)).toBe(true)
    expect(imported.counts?.pupils.unchanged).toBe(6)
    expect(await mis.lastApplied(oakfield, imported.fileFingerprint)).toBeDefined()
    expect(await mis.apply(oakfield, FILES, imported)).toBeUndefined()
    expect(await people.snapshot(oakfield)).toEqual(before)
  })

  test('that says something new changes just that, and shows from what to what', async () => {
    const moved = ADA.replace('4A', '4B').replace('07700 900201', '07700 900299')
    const imported = await uploaded(
      oakfield,
      csv(moved, BEN.replace('07700 900201', '07700 900299'), CY, DI, EVE, FAY),
    )
    expect(imported.counts).toMatchObject({
      pupils: { added: 0, changed: 1, unchanged: 5, leaving: 0 },
      contacts: { added: 0, changed: 1, unchanged: 5 },
    })
    const report = await mis.reportOf(oakfield, FILES, imported, 'viewed')
    expect(report?.changed.map(({ name, changes }) => [name, changes])).toEqual([
      ['Ada Holt', [{ field: 'registration-group', about: null, from: '4A', to: '4B' }]],
      [
        'Mrs Jane Holt',
        [
          { field: 'mobile', about: null, from: null, to: '+447700900299' },
          { field: 'mobile', about: null, from: '+447700900201', to: null },
        ],
      ],
    ])
    expect(await mis.apply(oakfield, FILES, imported)).toBeUndefined()
    const [jane] = (await pupilNamed(oakfield, 'Ben Holt')).contacts
    expect(jane?.points.map(({ value }) => value).sort()).toEqual([
      '+447700900299',
      'jane.holt@example.com',
    ])
  })

  test('without contact columns ends no contact and forgets no number', async () => {
    const bytes = new TextEncoder().encode(
      'Adno,Surname,Forename,DOB,Reg Group\r\nH1,Holt,Ada,01/02/2018,4C\r\nH2,Holt,Ben,03/04/2016,6A\r\n' +
        'H3,Cole,Cy,05/06/2017,5A\r\nH4,Dunn,Di,07/08/2017,5A\r\nH5,Eden,Eve,09/10/2017,5B\r\nH6,Ford,Fay,11/12/2017,5B\r\n',
    )
    const imported = await applied(oakfield, bytes)
    expect(imported.counts).toMatchObject({
      pupils: { changed: 1, unchanged: 5, leaving: 0 },
      contacts: { leaving: 0 },
    })
    const ada = await pupilNamed(oakfield, 'Ada Holt')
    expect(ada).toMatchObject({ yearGroup: 'Year 4', registrationGroup: '4C' })
    expect(ada.contacts).toHaveLength(2)
  })

  test('of some pupils only lets nobody leave, and adds to a parent’s numbers', async () => {
    const young = `,H7,Holt,Kit,01/05/2021,Year 1,1A,Mrs,Jane,Holt,Mother,Yes,07700 900210,jane.holt@example.com,No,${NOBODY}`
    const imported = await uploaded(oakfield, csv(young), { isPartial: true })
    expect(imported).toMatchObject({
      state: 'previewed',
      counts: { pupils: { added: 1, leaving: 0 } },
    })
    expect(await mis.apply(oakfield, FILES, imported)).toBeUndefined()
    const [jane] = (await pupilNamed(oakfield, 'Ada Holt')).contacts
    expect((await pupilNamed(oakfield, 'Kit Holt')).contacts.map(({ id }) => id)).toEqual([
      jane?.id,
    ])
    expect(jane?.points.map(({ value }) => value).sort()).toEqual([
      '+447700900210',
      '+447700900299',
      'jane.holt@example.com',
    ])
  })
})

const KIT = `,H7,Holt,Kit,01/05/2021,Year 1,1A,${HOLT},${NOBODY}`

describe('a do-not-contact mark', () => {
  test('holds from the import that carries it, for that child, and ends with it', async () => {
    await applied(oakfield, csv(ADA, BEN, CY, DI, EVE, FAY, KIT))
    await applied(oakfield, csv(ADA.replace(/No$/, 'court order'), BEN, CY, DI, EVE, FAY, KIT))
    const standings = async (name: string) =>
      (await pupilNamed(oakfield, name)).contacts.map(({ record, standing }) => [
        record.forename,
        standing,
      ])
    expect(await standings('Ada Holt')).toEqual([
      ['Jane', 'none'],
      ['Ivar', 'all-contact'],
    ])
    expect(await standings('Ben Holt')).toEqual([
      ['Jane', 'none'],
      ['Ivar', 'none'],
    ])

    const unmarked = HEADINGS.replaceAll(/,Contact \d No Contact/g, '')
    const silent = [ADA, BEN, CY, DI, EVE, FAY, KIT].map((row) => row.replaceAll(/,No(?=,|$)/g, ''))
    const rows = silent.map((row) => row.replace(/,,,,,,,$/, ',,,,,,'))
    await applied(oakfield, new TextEncoder().encode([unmarked, ...rows].join('\r\n')))
    expect(await standings('Ada Holt')).toEqual([
      ['Jane', 'none'],
      ['Ivar', 'all-contact'],
    ])

    await applied(oakfield, csv(ADA, BEN, CY, DI, EVE, FAY, KIT))
    expect(await standings('Ada Holt')).toEqual([
      ['Jane', 'none'],
      ['Ivar', 'none'],
    ])
  })

  test('that the school itself laid down is never ended by a file', async () => {
    const { school, pupil, contact } = cast.botolphs
    const before = await people.find(school, pupil('Teddy Marsh'))
    const teddy = before?.record
    const dean = before?.contacts.find(({ id }) => id === contact('Dean Marsh'))
    const born = teddy?.dateOfBirth?.split('-').reverse().join('/')
    const row = `${teddy?.upn ?? ''},,Marsh,Teddy,${born},Year 3,3A,,Dean,Marsh,Father,Yes,${dean?.points[0]?.value},,No,${NOBODY}`
    const imported = await uploaded(school, csv(row), { isPartial: true })
    expect(imported.counts?.restrictions).toEqual({ added: 0, ended: 0, dropped: 0, here: 0 })
    expect(await mis.apply(school, FILES, imported)).toBeUndefined()
    const after = await people.find(school, pupil('Teddy Marsh'))
    expect(after?.contacts.map(({ id, standing }) => [id, standing])).toEqual([
      [dean?.id, 'all-contact'],
    ])
  })
})

describe('leavers', () => {
  test('are marked as left, not deleted, and return with the file that has them again', async () => {
    const gone = await pupilNamed(oakfield, 'Fay Ford')
    const imported = await applied(oakfield, csv(ADA, BEN, CY, DI, EVE, KIT))
    expect(imported.counts?.pupils).toMatchObject({ leaving: 1, unchanged: 6 })
    expect(imported.approvedBy).toBeNull()
    expect((await people.find(oakfield, gone.id))?.leftAtMs).not.toBeNull()
    expect(named(await people.list(oakfield))).not.toContain('Fay Ford')

    const again = await applied(oakfield, csv(ADA, BEN, CY, DI, EVE, FAY, KIT))
    expect(again.counts?.pupils).toMatchObject({ returning: 1, added: 0 })
    expect((await pupilNamed(oakfield, 'Fay Ford')).id).toBe(gone.id)
  })

  test('are not those whose row was rejected', async () => {
    const imported = await uploaded(
      oakfield,
      csv(ADA, BEN, CY, DI.replace('Dunn', ''), EVE, FAY, KIT),
    )
    expect(imported.counts).toMatchObject({ pupils: { leaving: 0 }, rejected: 1 })
    await mis.discard(oakfield, FILES, imported)
  })

  test('more than a fifth of the pupils wait for an approval', async () => {
    const imported = await uploaded(oakfield, csv(ADA, BEN, CY, DI, EVE))
    expect(imported).toMatchObject({ state: 'held', heldBecause: 'removes-many-pupils' })
    await mis.discard(oakfield, FILES, imported)
  })
})

describe('who is who', () => {
  test('a row that fits two pupils is rejected, and neither leaves', async () => {
    const mixed = `A999299926001`.replace('A', 'D')
    await applied(oakfield, csv(ADA.replace(/^/, mixed), BEN, CY, DI, EVE, FAY, KIT))
    const both = BEN.replace(/^/, mixed)
    const imported = await uploaded(oakfield, csv(both, CY, DI, EVE, FAY, KIT))
    expect(imported.counts).toMatchObject({ pupils: { leaving: 0 }, rejected: 1 })
    const report = await mis.reportOf(oakfield, FILES, imported, 'viewed')
    expect(report?.rejected).toMatchObject([
      { line: 2, reason: 'matches-two-pupils', subject: 'row' },
    ])
    await mis.discard(oakfield, FILES, imported)
  })

  test('a number that has passed to another child is not taken for the same child', async () => {
    const stranger = `,H3,Iqbal,Noor,02/03/2019,Year 3,3A,Mr,Adil,Iqbal,Father,Yes,07700 900220,,No,${NOBODY}`
    const imported = await uploaded(oakfield, csv(ADA, BEN, stranger, DI, EVE, FAY, KIT))
    expect(imported.counts).toMatchObject({
      pupils: { changed: 0, added: 0, leaving: 0 },
      rejected: 1,
    })
    const report = await mis.reportOf(oakfield, FILES, imported, 'viewed')
    expect(report?.rejected).toMatchObject([{ line: 4, reason: 'number-of-another-pupil' }])
    await mis.discard(oakfield, FILES, imported)

    const married = CY.replace('H3,Cole,Cy', 'H3,Cole-Marsh,Cyrus')
    const renamed = await uploaded(oakfield, csv(ADA, BEN, married, DI, EVE, FAY, KIT))
    expect(renamed.counts).toMatchObject({
      pupils: { changed: 1, added: 0, leaving: 0 },
      rejected: 0,
    })
    await mis.discard(oakfield, FILES, renamed)
  })
})

describe('two at a time', () => {
  test('a double click applies once', async () => {
    const imported = await uploaded(
      oakfield,
      csv(ADA, BEN.replace('6A', '6B'), CY, DI, EVE, FAY, KIT),
    )
    const outcomes = await Promise.all([1, 2].map(() => mis.apply(oakfield, FILES, imported)))
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(outcomes).toContainEqual({ refused: 'already-applied' })
    const entries = await audit.about(oakfield, imported.id, 10)
    expect(entries.filter(({ action }) => action === 'import.applied')).toHaveLength(1)
  })

  test('the second of two files that were looked at together is looked at again', async () => {
    const one = await uploaded(oakfield, csv(ADA, BEN.replace('6A', '6C'), CY, DI, EVE, FAY, KIT))
    const other = await uploaded(
      oakfield,
      csv(ADA, BEN.replace('6A', '6D'), CY.replace('5A', '5D'), DI, EVE, FAY, KIT),
    )
    const stale = await uploaded(oakfield, csv(ADA, BEN.replace('6A', '6C'), CY, DI, EVE, FAY, KIT))
    expect(await mis.apply(oakfield, FILES, one)).toBeUndefined()
    expect(await mis.apply(oakfield, FILES, stale)).toEqual({ refused: 'roll-has-changed' })
    expect((await found(oakfield, stale.id)).counts?.pupils.changed).toBe(0)
    expect(await mis.discard(oakfield, FILES, other)).toBeUndefined()
    expect(await objects(oakfield, other.id)).toEqual([])
    expect(await mis.apply(oakfield, FILES, await found(oakfield, other.id))).toEqual({
      refused: 'already-closed',
    })
  })

  test('another school’s import is not there', async () => {
    const imported = await uploaded(oakfield, csv(ADA))
    expect(await mis.find(cast.botolphs.school, imported.id)).toBeUndefined()
    expect(await mis.reportOf(cast.botolphs.school, FILES, imported, 'viewed')).toBeUndefined()
    await mis.discard(oakfield, FILES, imported)
  })

  test('what is in the bucket is sealed, and opens in its own place only', async () => {
    const imported = await uploaded(oakfield, csv(ADA.replace('Ada', 'Canary')))
    const at = ({ id, findings }: mis.Import, part: string) =>
      `imports/${oakfield.id}/${id}/${findings}/${part}`
    // What its columns are is known, so the file itself is not kept.
    expect(await objects(oakfield, imported.id)).toHaveLength(2)
    for (const key of [at(imported, 'roster'), at(imported, 'report')]) {
      const text = await (await FILES.get(key))?.text()
      expect(text).toMatch(/^1\.k1\./)
      expect(text).not.toContain('Canary')
    }
    const other = await uploaded(oakfield, csv(BEN))
    const report = await (await FILES.get(at(imported, 'report')))?.text()
    await FILES.put(at(other, 'report'), report ?? '')
    await expect(mis.reportOf(oakfield, FILES, other, 'viewed')).rejects.toThrow()
    for (const each of [imported, other]) await mis.discard(oakfield, FILES, each)
  })
})
