import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type Id, isRefusal, newId } from '#kernel'
import * as mis from '#mis'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { headersKey } from './headers-key.ts'
import { mappingSaved } from './by-headings.ts'
import { settle } from '../../../test/cast/settle.ts'

// Mr Pym keeps what the columns of the school's two exports mean.
let school: School
let oakfield: School

beforeAll(async () => {
  const cast = await settle(new Directory(await premisesOf(env as unknown as Env)))
  school = cast.botolphs.school
  oakfield = cast.oakfield.school
})

const { mappings } = mis
const headings = ['UPN', 'Legal Surname', 'Legal Forename', 'Shoe size']
const record = (name = 'Nightly') => ({ name, mapping: mappings.begin(headings) })

describe('headings copied from an export', () => {
  test.each([
    ['from a spreadsheet', 'UPN\tSurname\tForename', ['UPN', 'Surname', 'Forename']],
    ['from the file, with quotes', '"UPN","Surname, legal"', ['UPN', 'Surname, legal']],
    ['with semicolons, and a row below', 'UPN;Surname\nA1;Marsh', ['UPN', 'Surname']],
  ])('are read %s', (_, typed, expected) => {
    expect(mappings.readHeadings(typed)).toEqual({ ok: true, headings: expected })
  })

  test.each([
    ['   ', 'no-headings'],
    ['Surname', 'single-heading'],
    ['"UPN,Surname', 'not-headings'],
    [Array.from({ length: 300 }, (_, at) => `c${at}`).join(','), 'too-many-headings'],
  ])('are refused where they are none: %s', (typed, problem) => {
    expect(mappings.readHeadings(typed)).toEqual({ ok: false, problem })
  })

  test('of two columns that are called the same are refused by their places', () => {
    expect(mappings.readHeadings('UPN,Surname,Phone,surname')).toEqual({
      ok: false,
      problem: 'same-heading-twice',
      columns: [2, 4],
    })
  })

  test('that are a row of pupils are refused, and nothing of them comes back', () => {
    for (const cell of ['09/01/2020', 'H801200001001', '07700 900021', 'a.b@example.org'])
      expect(mappings.readHeadings(`Marsh,Marsh,${cell}`)).toEqual({
        ok: false,
        problem: 'a-row-of-data',
      })
  })

  test('are matched by what they say, or by a supplier’s template', () => {
    expect(mappings.begin(headings).columns.map(({ field }) => field)).toEqual([
      'pupil.upn',
      'pupil.surname',
      'pupil.forename',
      'ignore',
    ])
    const bromcom = mappings.begin(['Upn', 'LastName', 'Contact 1 Name'], 'Bromcom')
    expect(bromcom.columns[2]?.field).toBe('contact-1.full-name')
  })
})

describe('a saved mapping', () => {
  test('is found, listed, changed, and never twice for the same headings', async () => {
    const id = await mappings.save(school, record())
    if (isRefusal(id)) throw new Error(id.refused)
    expect(await mappings.find(school, id)).toMatchObject({ name: 'Nightly' })
    expect(await mappings.save(school, record('Again'))).toMatchObject({
      refused: 'headings-known',
    })
    expect(await mappings.save(school, record('Every night'), id)).toBe(id)
    expect((await mappings.list(school)).map(({ name }) => name)).toEqual(['Every night'])
    const [entry] = await audit.about(school, id, 1)
    expect(entry).toMatchObject({ action: 'mapping.saved', facts: { columns: 4 } })
  })

  test('has a name of its own, upper case and signs apart', async () => {
    const other = { name: 'every-NIGHT', mapping: mappings.begin(['UPN', 'Surname']) }
    expect(await mappings.save(school, other)).toEqual({ refused: 'name-known', field: 'name' })
    expect(await mappings.save(oakfield, other)).toMatch(/^map_/)
    const key = await headersKey(school, ['UPN', 'Surname'])
    const id = newId('mapping')
    // As an upload does it, for whose name nobody is asked again.
    const upload = async (as: Id<'mapping'>) =>
      school.commit(
        await mappingSaved(school, as, other, key),
        audit.entry(school, 'mapping.saved', as),
      )
    await upload(id)
    expect(await mappings.find(school, id)).toMatchObject({ name: 'every-NIGHT 2' })
    await upload(id)
    expect(await mappings.find(school, id)).toMatchObject({ name: 'every-NIGHT 2' })
    await mappings.remove(school, id)
  })

  test('is no other school’s', async () => {
    const [known] = await mappings.list(school)
    const id = known?.id as Id<'mapping'>
    expect(await mappings.find(oakfield, id)).toBeUndefined()
    expect(await mappings.remove(oakfield, id)).toEqual({ refused: 'no-such-mapping' })
    expect(await mappings.list(school)).toHaveLength(1)
  })

  test('is forgotten once', async () => {
    const [known] = await mappings.list(school)
    const id = known?.id as Id<'mapping'>
    expect(await mappings.remove(school, id)).toBeUndefined()
    expect(await mappings.remove(school, id)).toEqual({ refused: 'no-such-mapping' })
    expect(await mappings.remove(school, newId('mapping'))).toBeTruthy()
    expect(await mappings.list(school)).toEqual([])
  })
})
