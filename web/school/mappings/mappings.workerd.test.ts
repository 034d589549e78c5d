import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as mis from '#mis'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, htmlOf, PASSWORD } from '../../../test/cast/visitor.ts'

// Mr Pym keeps the school's mappings; Miss Bell has nothing to do with them.
let directory: Directory
let school: School
let pym: string
let bell: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const cast = await settle(directory, { password: PASSWORD })
  school = cast.botolphs.school
  pym = await cookieOf(directory, 'pym')
  bell = await cookieOf(directory, 'bell')
})

const only = async () => (await mis.mappings.list(school))[0]

const headings = 'UPN,Legal Surname,Legal Forename,Shoe size'
const columns = {
  'column-0': 'pupil.upn',
  'column-1': 'pupil.surname',
  'column-2': 'pupil.forename',
  'column-3': 'ignore',
}

describe('the mappings of a school', () => {
  test('are none at first, with the suppliers’ templates beside', async () => {
    const page = await htmlOf(ask(pym, '/school/mappings'))
    expect(page).toContain('No mappings yet')
    for (const { supplier } of mis.TEMPLATES) expect(page).toContain(`Begin with the ${supplier}`)
    expect((await ask(bell, '/school/mappings')).status).toBe(404)
  })

  test('begin with headings; what is none is asked for again, with what was typed', async () => {
    const empty = await ask(pym, '/school/mappings/new', { headings: ' ' })
    expect(empty.status).toBe(422)
    const single = await htmlOf(ask(pym, '/school/mappings/new', { headings: 'Surname only' }))
    expect(single).toContain('Copy all the headings')
    expect(single).toContain('Surname only</textarea>')
    for (const cell of ['09/01/2020', 'H801200001001', '07700 900021', 'a.b@example.org']) {
      const row = await ask(pym, '/school/mappings/new', { headings: `Marsh,Teddy,${cell}` })
      expect(row.status).toBe(422)
      const page = await htmlOf(row)
      expect(page).toContain('This looks like a row of pupils, not headings')
      expect(page).not.toContain('Marsh')
      expect(page).not.toContain(cell)
    }
  })

  test('take no pupils that were pasted below them', async () => {
    const pasted = `${headings}\nH801200001001,Marsh,Teddy,13`
    const page = await htmlOf(ask(pym, '/school/mappings/new', { headings: pasted }))
    expect(page).toContain('Shoe size')
    expect(page).not.toContain('Marsh')
    const twice = await ask(pym, '/school/mappings/new', {
      headings: 'UPN,Surname,UPN\nH801200001001,Marsh,7',
    })
    expect(twice.status).toBe(422)
    const again = await htmlOf(twice)
    expect(again).toContain('Columns 1 and 3 have the same heading')
    expect(again).not.toContain('Marsh')
  })

  test('are saved once the columns make sense', async () => {
    const begun = await htmlOf(ask(pym, '/school/mappings/new', { headings, template: '' }))
    expect(begun).toContain('value="pupil.upn" selected')
    expect(await only()).toBeUndefined()

    const wrong = await ask(pym, '/school/mappings/new', {
      step: 'columns',
      headings,
      name: '',
      ...columns,
      'column-1': 'pupil.forename',
    })
    expect(wrong.status).toBe(422)
    const page = await htmlOf(wrong)
    expect(page).toContain('Enter a name for the mapping')
    expect(page).toContain('Choose the column that holds the pupil’s surname.')

    const form = { step: 'columns', headings, name: 'SIMS nightly', ...columns }
    expect((await ask(pym, '/school/mappings/new', form)).status).toBe(303)
    expect(await only()).toMatchObject({ name: 'SIMS nightly' })
    const again = await htmlOf(ask(pym, '/school/mappings/new', { ...form, name: 'Another' }))
    expect(again).toContain('There is a mapping for these headings already')
    const named = { ...form, headings: `${headings},Hat`, name: 'sims  Nightly' }
    const same = await ask(pym, '/school/mappings/new', named)
    expect(same.status).toBe(422)
    expect(await htmlOf(same)).toContain('Another mapping has this name already')
  })

  test('are changed, and the headings stay what they are', async () => {
    const path = `/school/mappings/${(await only())?.id}`
    expect(await htmlOf(ask(pym, path))).toContain('value="SIMS nightly"')
    const none = await ask(pym, path, { name: 'SIMS', ...columns, 'column-0': 'ignore' })
    expect(none.status).toBe(422)
    await ask(pym, path, { name: 'SIMS', ...columns, 'column-3': 'nothing-known' })
    const changed = await only()
    expect(changed?.name).toBe('SIMS')
    expect(changed?.mapping.columns.at(-1)).toEqual({ header: 'Shoe size', field: 'ignore' })
    expect((await ask(bell, path)).status).toBe(404)
  })

  test('are downloaded as the agent’s configuration takes them', async () => {
    const saved = await only()
    const page = await htmlOf(ask(pym, '/school/mappings'))
    expect(page).toContain(`href="/school/mappings/${saved?.id}/agent.json"`)
    const one = await htmlOf(ask(pym, `/school/mappings/${saved?.id}`))
    expect(one).toContain(`href="/school/mappings/${saved?.id}/agent.json"`)
    expect(one).toContain('sims.mapping.json')
    const file = await ask(pym, `/school/mappings/${saved?.id}/agent.json`)
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="sims.mapping.json"')
    expect(mis.parseMapping(await file.json())).toEqual(saved?.mapping)
    expect((await ask(bell, `/school/mappings/${saved?.id}/agent.json`)).status).toBe(404)
  })

  test('are removed after a question', async () => {
    const path = `/school/mappings/${(await only())?.id}`
    const asked = await htmlOf(ask(pym, `${path}/removal`))
    expect(asked).toContain('Remove the mapping')
    expect(asked).toContain('goes on with its copy')
    expect(await only()).toBeDefined()
    expect((await ask(pym, `${path}/removal`, {})).status).toBe(303)
    expect(await only()).toBeUndefined()
    expect((await ask(pym, path)).status).toBe(404)
  })
})
