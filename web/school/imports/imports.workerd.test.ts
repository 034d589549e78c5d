import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import * as mis from '#mis'
import * as people from '#people'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
// The bundler puts the file's text here.
import raw from '../../../test/samples/mis-ctf/arcio-atf19-40pupils-raw.xml?raw'
import wrapped from '../../../test/samples/mis-ctf/arcio-atf19-40pupils-wrapped.xml?raw'
import { rosterCsv } from '../../../test/cast/roster-file.ts'
import { ORIGIN, proof } from '../../../test/doors/knock.ts'
import { open, type Person, type World } from '../../../test/doors/people.ts'

/** Mr Pym, Data Manager of St Botolph's, imports files in the browser; some are not what they seem. */
let world: World
let pym: Person
let school: School

beforeAll(async () => {
  world = await open(env as unknown as Env)
  pym = world.people.find(({ called }) => called === 'a Data Manager') as Person
  school = world.cast.botolphs.school
})

const worker = (exports as unknown as { default: Fetcher }).default

type Shown = { status: number; text: string; to: string }

async function ask(path: string, body?: BodyInit, who: Person = pym): Promise<Shown> {
  const headers = {
    Cookie: `__Host-session=${await who.token()}`,
    ...(body !== undefined && proof),
  }
  const init = body === undefined ? {} : { method: 'POST', body }
  const response = await worker.fetch(`${ORIGIN}${path}`, { ...init, headers, redirect: 'manual' })
  return {
    status: response.status,
    text: await response.text(),
    to: response.headers.get('Location') ?? '',
  }
}

type Content = string | Uint8Array | Blob

function upload(content: Content, fileName = 'pupils.csv', covers = 'some'): Promise<Shown> {
  const form = new FormData()
  form.set('file', new File([content], fileName))
  form.set('covers', covers)
  return ask('/school/imports/new', form)
}

const form = (fields: Record<string, string> = {}) => new URLSearchParams(fields)

/** The fields of a page's form as a browser without scripts would send them. */
function asShown(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name = '', options = ''] of text.matchAll(
    /<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
  )) {
    fields[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? ''
  }
  return fields
}

describe('a CSV file, from the first time to the next', () => {
  let path = ''

  test('the list offers a sample, which is a file that can be imported', async () => {
    const list = await ask('/school/imports')
    expect(list.text).toContain('No files yet')
    // With it a browser would save the page to sign in as the file, where a session has ended.
    const links = [list.text, (await ask('/school/imports/new')).text]
      .join('')
      .match(/<a [^>]*sample\.csv[^>]*>/g)
    expect(links).toHaveLength(2)
    for (const link of links ?? []) expect(link).not.toContain('download')
    const sample = await ask('/school/imports/sample.csv')
    const uploaded = await upload(sample.text, 'sample.csv')
    expect(uploaded.status).toBe(303)
    expect(uploaded.to).toMatch(/^\/school\/imports\/imp_[0-9a-z]+\/mapping$/)
    path = uploaded.to.replace('/mapping', '')
  })

  test('its columns are shown with values and a guess, and what is wrong is said at the column', async () => {
    const shown = await ask(`${path}/mapping`)
    expect(shown.text).toContain('Sandhu')
    const fields = asShown(shown.text)
    expect(fields['column-2']).toBe('pupil.surname')

    const typed = { ...fields, 'column-3': 'pupil.surname', name: 'Our <export>' }
    const refused = await ask(`${path}/mapping`, form(typed))
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Surname is chosen for more than one column: Surname, Forename.')
    expect(refused.text).toContain('Choose the column that holds the pupil’s forename.')
    expect(refused.text).toContain('value="Our &lt;export&gt;"')
    expect(asShown(refused.text)['column-3']).toBe('pupil.surname')
    const nameless = await ask(`${path}/mapping`, form({ ...fields, name: ' ' }))
    expect([nameless.status, nameless.text.includes('href="#name"')]).toEqual([422, true])
  })

  test('what would change is shown, with what was not taken, before anything changes', async () => {
    const before = await people.snapshot(school)
    const shown = await ask(`${path}/mapping`)
    const saved = await ask(`${path}/mapping`, form({ ...asShown(shown.text), name: 'Our export' }))
    expect([saved.status, saved.to]).toEqual([303, path])
    const preview = await ask(path)
    expect(preview.text).toContain('Jasleen Sandhu')
    expect(preview.text).toContain('07700 90080')
    expect(preview.text).toContain('too few digits')
    expect(preview.text).toContain('Apply this import')
    expect(await people.snapshot(school)).toEqual(before)
    const rejected = await ask(`${path}/rejected.csv`)
    expect(rejected.text.split('\r\n')[1]).toMatch(/^7,Yusuf Farah,Contact 1 Mobile,07700 90080,/)
    const trail = await audit.about(school, path.split('/').at(-1) ?? '', 10)
    const actions = trail.map(({ action }) => action)
    expect(actions.filter((one) => one === 'import.viewed')).toHaveLength(1)
    expect(actions.filter((one) => one === 'import.exported')).toHaveLength(1)
  })

  test('it is applied once, however often it is pressed', async () => {
    const before = await people.countPupils(school)
    const pressed = await Promise.all([
      ask(`${path}/applied`, form()),
      ask(`${path}/applied`, form()),
    ])
    expect(pressed.map(({ status, to }) => [status, to])).toEqual([
      [303, path],
      [303, path],
    ])
    expect(await people.countPupils(school)).toBe(before + 8)
    const done = await ask(path)
    expect(done.text).toContain('Import applied')
    expect(done.text).not.toContain('Apply this import')
    expect((await ask(`${path}/discarded`, form())).to).toBe(path)
    expect((await ask(`${path}/mapping`)).to).toBe(path)
  })

  test('the next one is known by its headings, and the same again changes nothing', async () => {
    const again = await upload(mis.SAMPLE_CSV, 'sample.csv')
    expect(again.to).toMatch(/^\/school\/imports\/imp_[0-9a-z]+$/)
    const shown = await ask(again.to)
    expect(shown.text).toContain('Nothing to change.')
    expect(shown.text).toContain('This very file was applied on')
    expect(shown.text).toMatch(/href="\/school\/mappings\/map_[0-9a-z]+"/)
    const asked = await ask(`${again.to}/discarded`)
    expect(asked.text).toContain('all that was read from it is destroyed')
    expect((await ask(`${again.to}/discarded`, form())).to).toBe('/school/imports')
    expect((await ask(`${again.to}/discarded`)).to).toBe(again.to)
    const listed = (await ask('/school/imports')).text
    expect(listed).toContain('Nothing was changed')
  })

  test('a file that would remove most pupils waits until somebody ticks that they have left', async () => {
    const before = await people.snapshot(school)
    const { to } = await upload(mis.SAMPLE_CSV, 'sample.csv', 'everyone')
    const shown = await ask(to)
    expect(shown.text).toContain('are missing from this data and would be marked as left')
    expect((await ask(`${to}/applied`, form())).status).toBe(409)
    const unticked = await ask(`${to}/approval`, form())
    expect([unticked.status, unticked.text.includes('href="#confirmed"')]).toEqual([422, true])
    expect(await people.snapshot(school)).toEqual(before)
    expect((await ask(`${to}/approval`, form({ confirmed: 'yes' }))).to).toBe(to)
    expect((await ask(to)).text).toContain('By Mr Arthur Pym')
    await ask(`${to}/discarded`, form())
    expect(await people.snapshot(school)).toEqual(before)
  })

  test('a file in which a restricted father has another name waits, and says whose father he is', async () => {
    const { to } = await upload(
      'UPN,Surname,Forename,DOB,Contact 1 Forename,Contact 1 Surname,Contact 1 Mobile\r\n' +
        `,Marsh,Teddy,09/01/2020,D,Marsh,07700 900777\r\n`,
    )
    const path = to.replace('/mapping', '')
    const { text } = await ask(`${path}/mapping`)
    expect((await ask(`${path}/mapping`, form({ ...asShown(text), name: 'Thin' }))).to).toBe(path)
    const shown = (await ask(path)).text.replace(/\s+/g, ' ')
    expect(shown).toContain('1 contact under a restriction would not be among')
    expect(shown).toContain('Mr Dean Marsh, contact of Teddy Marsh')
    expect(shown).toContain('I have checked 1 restricted contact against the file')
    expect((await ask(`${path}/applied`, form())).status).toBe(409)
    await ask(`${path}/discarded`, form())
  })

  test('nobody of another school, and nobody who may not import, finds it', async () => {
    for (const called of ['the Administrator next door', 'a Basic User']) {
      const other = world.people.find((person) => person.called === called) as Person
      for (const rest of ['', '/mapping', '/rejected.csv']) {
        expect((await ask(`${path}${rest}`, undefined, other)).status).toBe(404)
      }
      expect((await ask(`${path}/applied`, form(), other)).status).toBe(404)
    }
    expect((await ask('/school/imports/imp_nonsense')).status).toBe(404)
  })
})

test('the admissions file: forty pupils with their contacts, and what is odd about them row by row', async () => {
  const before = await people.countPupils(school)
  const { status, to } = await upload(wrapped, 'atf.xml')
  expect((await ask(to)).text).toMatch(/380\/2093, as Schoolgate entered it/)
  expect(status).toBe(303)
  const shown = await ask(to)
  expect(shown.text).toContain('Admissions Transfer File')
  expect(shown.text).toContain('LookedAfter')
  expect(shown.text).toMatch(/and [\d,]+ more/)
  const imported = await mis.find(school, to.split('/').at(-1) as mis.Import['id'])
  expect(imported?.counts).toMatchObject({ pupils: { added: 40, leaving: 0 } })
  expect((await ask(`${to}/applied`, form())).to).toBe(to)
  expect(await people.countPupils(school)).toBe(before + 40)

  const again = await upload(wrapped, 'atf.xml', 'everyone')
  const same = (await ask(again.to)).text
  expect(same).toContain('Nothing to change.')
  expect(same).toContain('though “every pupil” was chosen')
  await ask(`${again.to}/discarded`, form())
})

describe('a file in another encoding', () => {
  const text = rosterCsv({ pupils: 3, seed: 5 })
  const wide = Uint8Array.from(
    [...`\ufeff${text}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
  )
  const narrow = Uint8Array.from([...text.replace(/[^\x20-\x7e\r\n]/g, 'é')], (c) =>
    c.charCodeAt(0),
  )

  test.each([
    ['UTF-16', wide],
    ['Windows-1252', narrow],
  ])('%s is read', async (_, bytes) => {
    const { status, to } = await upload(bytes)
    expect(status).toBe(303)
    const shown = await ask(to)
    expect(shown.text).toContain('Legal Surname')
    await ask(`${to.replace('/mapping', '')}/discarded`, form())
  })
})

describe('a file that is none', () => {
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><CTfile>&b;</CTfile>'
  const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...Array<number>(100).fill(7)])
  const xlsx = new Blob([zip, '[Content_Types].xml'])
  const noise = Uint8Array.from({ length: 5_000 }, (_, at) => (at * at * 31 + at * 7) % 256)
  const heading = 'Surname,Forename,DOB\r\n'
  const cases: [string, Content, string, RegExp][] = [
    ['nothing in it', '', 'a.csv', /The file is empty/],
    ['a spreadsheet', xlsx, 'a.xlsx', /This is a spreadsheet, not a CSV file/],
    ['a compressed file', zip, 'a.csv', /This is a compressed \(zip\) file/],
    ['OneRoster', zip, 'oneroster.zip', /A OneRoster export is taken by the agent instead/],
    ['JSON', '{"data": []}', 'a.json', /The agent takes that: see Agents.*export it as CSV/],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'a.csv', /This is a PDF/],
    ['noise', noise, 'a.csv', /not a CSV or XML file/],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      'a.csv',
      /not a CSV or XML/,
    ],
    ['10 MB of one line', 'a,'.repeat(5_000_000), 'a.csv', /Line 1: this line is far too long/],
    ['an XML bomb', bomb, 'a.xml', /document type declaration/],
    ['XML that was cut short', wrapped.slice(0, 40_000), 'a.xml', /the XML breaks here/],
    ['two documents in one', raw, 'a.xml', /two XML documents/],
    [
      'XML of something else',
      '<html><body>Hello</body></html>',
      'a.xml',
      /not a Common Transfer File/,
    ],
    ['headings only', heading, 'a.csv', /headings but no pupils/],
    [
      'no headings',
      'Holt,Ada,01/02/2018\r\nHolt,Ben,03/04/2016\r\n',
      'a.csv',
      /first row looks like a pupil/,
    ],
    [
      'a row with a cell too few',
      `${heading}Holt,Ada\r\n`,
      'a.csv',
      /Line 2: this row does not have one cell/,
    ],
    [
      'a quotation mark left open',
      `${heading}"Holt,Ada,01/02/2018\r\n`,
      'a.csv',
      /quotation mark opens here/,
    ],
    [
      'an encoding nobody reads',
      '<?xml version="1.0" encoding="EBCDIC-37"?><CTfile/>',
      'a.xml',
      /“EBCDIC-37”/,
    ],
    [
      'just over 12 MB',
      new Uint8Array(12_000_001).fill(97),
      'a.csv',
      /The most that can be read is 12 MB/,
    ],
  ]

  test.each(cases)(
    '%s is refused at the field, in plain words, and nothing is kept',
    async (_, content, name, words) => {
      const before = await everything()
      const shown = await upload(content, name)
      expect(shown.status).toBe(422)
      expect(shown.text).toMatch(words)
      expect(shown.text).toContain('href="#file"')
      expect(await everything()).toEqual(before)
    },
  )

  test('no file at all is asked for', async () => {
    for (const body of [new FormData(), form({ covers: 'some' })]) {
      const shown = await ask('/school/imports/new', body)
      expect([shown.status, shown.text.includes('Choose a file')]).toEqual([422, true])
    }
  })

  test('more than the page takes is refused before it is read', async () => {
    const before = await everything()
    const shown = await upload(new Uint8Array(20_100_000).fill(97))
    expect(shown.status).toBe(413)
    expect(shown.text).toContain('That is too large')
    expect(await everything()).toEqual(before)
  })

  async function everything() {
    const kept = await (env as unknown as Env).FILES.list()
    return {
      roll: await people.snapshot(school),
      imports: (await mis.list(school)).map(({ id, state }) => [id, state]),
      objects: kept.objects.map(({ key }) => key),
    }
  }
})
