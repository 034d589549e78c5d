import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Roster } from '../records/roster.ts'
import { readTransferFile } from './transfer-file.ts'

const sample = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../test/samples/mis-ctf', name), 'utf8')

function roster(text: string): Roster {
  const read = readTransferFile(text)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.roster
}
const refused = (text: string) => {
  const read = readTransferFile(text)
  return read.ok ? 'taken' : read.problem
}

describe('the sample of another’s making', () => {
  const read = roster(sample('arcio-atf19-40pupils-wrapped.xml'))
  const contacts = read.pupils.flatMap((pupil) => pupil.contacts)
  const people = [...read.pupils, ...contacts]

  test('everybody is there, with what is usable', () => {
    expect({
      source: read.source,
      school: read.school,
      isFull: read.isFull,
      pupils: read.pupils.length,
      references: new Set(read.pupils.map((pupil) => pupil.key.reference)).size,
      upns: read.pupils.filter((pupil) => pupil.key.upn).length,
      born: read.pupils.filter((pupil) =>
        /^2008-04|^2008-0[1-9]|^200[789]/.test(pupil.dateOfBirth ?? ''),
      ).length,
      contacts: contacts.length,
      parents: contacts.filter((contact) => /^(Mother|Father)$/.test(contact.relationship ?? ''))
        .length,
      withPriority: contacts.filter((contact) => contact.priority).length,
      responsible: contacts.filter((contact) => contact.hasParentalResponsibility).length,
      phones: people.flatMap((person) => person.phones).length,
      emails: people.flatMap((person) => person.emails).length,
    }).toEqual({
      source: 'atf',
      school: { laCode: '380', establishment: '2093', name: null },
      isFull: false,
      pupils: 40,
      references: 40,
      upns: 0,
      born: 40,
      contacts: 83,
      parents: 18,
      withPriority: 38,
      responsible: 30,
      phones: 39,
      emails: 60,
    })
  })

  test('the rest is reported with its line', () => {
    const counts: Record<string, number> = {}
    for (const { reason } of read.rejected) counts[reason] = (counts[reason] ?? 0) + 1
    expect(counts).toEqual({ 'upn-shape': 25, 'phone-not-in-use': 41, 'phone-premium-rate': 2 })
    expect(read.rejected[0]).toEqual({
      name: 'Keaton Beer',
      line: 65,
      field: 'Contacts/Contact/Phones/Phone/PhoneNo',
      reason: 'phone-not-in-use',
      subject: 'field',
      shown: '01762 111401',
    })
  })

  test('what Schoolgate must not hold is dropped and counted', () => {
    const dropped = Object.fromEntries(read.dropped.map(({ column, count }) => [column, count]))
    expect(dropped).toMatchObject({
      LookedAfter: 19,
      FSMhistory: 40,
      SENhistory: 21,
      Address: 22,
      SchoolHistory: 24,
      SuppInfo: 5,
      UniqueLearnerNumber: 22,
      'Contacts/Contact/Address': 39,
      'Contacts/Contact/SuppInfo': 11,
    })
    expect(JSON.stringify(read.pupils)).not.toMatch(/Kunze Mall|CareAuthority|SEMH/)
  })

  test('the raw file has two roots and is refused with its place', () => {
    expect(refused(sample('arcio-atf19-40pupils-raw.xml'))).toEqual({
      reason: 'two-roots',
      line: 19,
      column: 14,
    })
  })
})

const ctf = (pupils: string, header = '<DocumentQualifier>full</DocumentQualifier>') =>
  `<?xml version="1.0" encoding="utf-8"?>\n<CTfile><Header>${header}</Header><CTFpupilData>${pupils}</CTFpupilData></CTfile>`
const AMARA = '<UPN>H801200001001</UPN><Surname>Adeyemi</Surname><Forename>Amara</Forename>'

describe('a Common Transfer File', () => {
  test('version 25: Sex, ISO dates, basic details, the contact’s own words', () => {
    const read = roster(
      ctf(`<Pupil>${AMARA}<DOB>2015-11-23</DOB><Sex>F</Sex>
        <BasicDetails><PreferredForename>Mara</PreferredForename><MiddleNames>Ngozi &amp; Joy</MiddleNames>
          <NCyearActual>4</NCyearActual><Ethnicity>BAFR</Ethnicity></BasicDetails>
        <Contacts><Contact><Order>1</Order><Title>Mrs</Title><Surname><![CDATA[Adeyemi]]></Surname><Relationship>PAM</Relationship>
          <Responsibility>1</Responsibility><Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900123</PhoneNo></Phone></Phones>
          </Contact></Contacts></Pupil>`),
    )
    expect(read.isFull).toBe(true)
    expect(read.pupils).toMatchObject([
      {
        key: { upn: 'H801200001001', admissionNumber: null, reference: null },
        gender: 'Female',
        dateOfBirth: '2015-11-23',
        preferredForename: 'Mara',
        middleNames: 'Ngozi & Joy',
        yearGroup: 'Year 4',
        contacts: [
          {
            line: 5,
            surname: 'Adeyemi',
            relationship: 'Mother',
            priority: 1,
            hasParentalResponsibility: true,
            phones: [{ e164: '+447700900123', kind: 'mobile' }],
          },
        ],
      },
    ])
    expect(read.dropped).toContainEqual({
      column: 'BasicDetails/Ethnicity',
      count: 1,
      why: 'not-needed',
    })
  })

  test('a partial file takes nobody away, and an unknown destination leaves the source', () => {
    const header = `<DocumentQualifier>partial</DocumentQualifier>
      <SourceSchool><LEA>823</LEA><Estab>2001</Estab><SchoolName>St Botolph’s</SchoolName></SourceSchool>
      <DestSchool><LEA>XXX</LEA><Estab>XXXX</Estab></DestSchool>`
    expect(roster(ctf(`<Pupil>${AMARA}</Pupil>`, header))).toMatchObject({
      isFull: false,
      school: { laCode: '823', establishment: '2001', name: 'St Botolph’s' },
    })
  })

  test('the same pupil twice is reported', () => {
    const read = roster(ctf(`<Pupil>${AMARA}</Pupil>\n<Pupil>${AMARA}</Pupil>`))
    expect(read.pupils).toHaveLength(1)
    expect(read.rejected).toMatchObject([{ line: 3, reason: 'duplicate', shown: 'line 2' }])
  })
})

describe('refused whole', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index || ''};`.repeat(10)}">`,
  ).join('')}]><CTfile>&lol9;</CTfile>`

  test.each([
    ['an XML bomb', bomb, { reason: 'has-a-doctype', line: 1 }],
    [
      'an outside entity',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd"><CTfile/>',
      { reason: 'has-a-doctype' },
    ],
    [
      'an entity nobody declared',
      ctf(`<Pupil><Surname>&xxe;</Surname></Pupil>`),
      { reason: 'not-well-formed', line: 2 },
    ],
    ['cut short', ctf(`<Pupil>${AMARA}`).slice(0, -30), { reason: 'not-well-formed', line: 2 }],
    [
      'a tag closed by another',
      '<CTfile>\n<Header>\n</Heading></CTfile>',
      { reason: 'not-well-formed', line: 3, detail: 'Heading' },
    ],
    ['too deep', `<CTfile>${'<a>'.repeat(60)}`, { reason: 'nested-too-deep', line: 1 }],
    [
      'a web page',
      '<!-- x -->\n<html><body>',
      { reason: 'not-a-transfer-file', line: 2, detail: 'html' },
    ],
    [
      'another report',
      '<SuperStarReport><Record/></SuperStarReport>',
      { reason: 'not-a-transfer-file' },
    ],
    ['only the header', '<header></header>', { reason: 'not-a-transfer-file', detail: 'header' }],
    ['nobody in it', ctf(''), { reason: 'no-pupils' }],
    ['text after the root', `${ctf(`<Pupil>${AMARA}</Pupil>`)}x`, { reason: 'not-well-formed' }],
  ])('%s', (_, text, problem) => {
    expect(refused(text)).toMatchObject(problem)
  })

  test('hostile names neither fill the list nor become properties', () => {
    const elements = Array.from({ length: 1000 }, (_, index) => `<x${index}/>`).join('')
    const read = roster(
      ctf(`<Pupil>${AMARA}<__proto__>1</__proto__><constructor/>${elements}</Pupil>`),
    )
    expect(read.dropped).toHaveLength(201)
    expect(read.dropped.reduce((sum, each) => sum + each.count, 0)).toBe(1002)
  })

  test('ten million characters in one surname are one rejected row', () => {
    const read = roster(
      ctf(`<Pupil><Surname>${'x'.repeat(10_000_000)}</Surname><Forename>Amara</Forename></Pupil>`),
    )
    expect(read.rejected).toMatchObject([{ reason: 'too-long', subject: 'row' }])
  })
})
