import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, DIRECTORY_HOLDER, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { emptySchool } from '../../../test/cast/pieces.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import type { Mark } from '../records/marks.ts'
import * as mis from '../index.ts'
import type { RosterPupil, RosterSchool } from '../records/roster.ts'

/** Elmfield is new: at first nobody but its own export knows which school it is. */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let directory: Directory
let school: School
let agent: PushingAgent

const numbered = (laCode: string | null, establishment: string): RosterSchool => ({
  laCode,
  establishment,
  name: null,
})

const robin: RosterPupil = {
  line: 2,
  key: { upn: null, admissionNumber: 'E1', reference: null },
  surname: 'Arden',
  forename: 'Robin',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: null,
  house: null,
  phones: [],
  emails: [],
  contacts: [],
}

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  await directory.premises.vault.create(DIRECTORY_HOLDER)
  school = await emptySchool(directory, 'Elmfield School', 0)
  agent = await enrolAgent(directory, school, FILES)
})

const pushed = (said: RosterSchool | null) => {
  clock.advance(60_000)
  return agent.push({ records: [{ pupil: robin }], opening: { school: said } })
}

const enter = async (dfeNumber: schools.DfeNumber | null) => {
  const organisation = await schools.find(directory, school.id)
  if (!organisation) throw new Error('Elmfield is there')
  const nobody = {
    address: '',
    contactName: '',
    contactEmail: '',
    contactPhone: '',
    dataProtectionOfficerName: '',
    dataProtectionOfficerEmail: '',
  }
  const { name, partOf, misSupplier, startsOn, textsFrom, emailFrom, smsPriceMillipence } =
    organisation
  const named = { name, partOf, misSupplier, startsOn, textsFrom, emailFrom, smsPriceMillipence }
  await schools.changeDetails(directory, school, { ...named, dfeNumber }, nobody)
}

const registerOf = (day: number): Mark => ({
  line: 2,
  pupil: robin.key,
  date: `2026-10-${String(day).padStart(2, '0')}`,
  at: { kind: 'session', session: 'AM' },
  code: '/',
  minutesLate: null,
})

const named = (name: string): RosterSchool => ({ laCode: null, establishment: null, name })

const approve = async ({ id }: mis.Import) => {
  const held = await mis.find(school, id)
  if (held) await mis.approve(school, held)
  const approved = await mis.find(school, id)
  if (!approved) throw new Error('what was approved is there')
  return mis.apply(school, FILES, approved)
}

test('a name is believed that is ours, however it is written, and another once somebody said so', async () => {
  expect((await pushed(named('THE ELMFIELD SCHOOL'))).state).toBe('applied')
  const other = await pushed(named('Elmfield Infant School'))
  expect(other).toMatchObject({ state: 'held', heldBecause: 'another-school' })
  expect(await approve(other)).toBeUndefined()
  expect((await pushed(named('Elmfield Infant School'))).state).toBe('applied')
  expect((await pushed(named('Ashfield School'))).heldBecause).toBe('another-school')
  expect((await pushed(named('Elmfield'))).state).toBe('applied')
})

test('a number is believed once somebody said that it is ours, however many come after it that name none', async () => {
  const first = await pushed(numbered('933', '4012'))
  expect(first.heldBecause).toBe('another-school')
  expect(first.record.known).toBeUndefined()
  expect(await approve(first)).toBeUndefined()
  for (let day = 1; day <= 22; day++) {
    clock.advance(60_000)
    const register = { kind: 'registers' as const, records: [{ mark: registerOf(day) }] }
    expect((await agent.push(register)).state).toBe('applied')
  }
  const another = await pushed(numbered('933', '4013'))
  expect(another).toMatchObject({
    state: 'held',
    heldBecause: 'another-school',
    record: { known: { laCode: '933', establishment: '4012', from: first.id } },
  })
  expect((await pushed(numbered('934', '4012'))).heldBecause).toBe('another-school')
  expect((await pushed(numbered(null, '4012'))).state).toBe('applied')
})

test('what was not applied is not believed, and what somebody approved is', async () => {
  await pushed(numbered('933', '4014'))
  const held = await pushed(numbered('933', '4014'))
  expect(held.heldBecause).toBe('another-school')
  expect(await approve(held)).toBeUndefined()
  expect((await pushed(numbered('933', '4014'))).state).toBe('applied')
  expect((await pushed(numbered('933', '4012'))).heldBecause).toBe('another-school')
})

test('the number that the operator entered counts before any file', async () => {
  await enter('933/4012')
  const ours = await pushed(numbered('933', '4012'))
  expect(ours).toMatchObject({ state: 'applied', record: { known: { from: 'entered' } } })
  const theirs = await pushed(numbered('933', '4014'))
  expect(theirs).toMatchObject({
    state: 'held',
    heldBecause: 'another-school',
    record: { known: { laCode: '933', establishment: '4012', from: 'entered' } },
  })
  const uploaded = await mis.upload(school, FILES, {
    bytes: new TextEncoder().encode(transferFile('4014')),
    fileName: 'ctf.xml',
    isPartial: true,
    dfeNumber: '933/4012',
    ourName: 'Elmfield School',
  })
  const file = uploaded.ok ? await mis.find(school, uploaded.id) : undefined
  expect(file).toMatchObject({ state: 'held', heldBecause: 'another-school' })
  expect((await pushed(null)).state).toBe('applied')
})

const transferFile = (establishment: string): string =>
  [
    '<?xml version="1.0"?><CTfile><Header><DocumentName>Common Transfer File</DocumentName>',
    `<DestSchool><LEA>933</LEA><Estab>${establishment}</Estab></DestSchool></Header><CTFpupilData>`,
    '<Pupil><UPN>H801200001001</UPN><Surname>Arden</Surname><Forename>Ada</Forename>',
    '<DOB>2016-03-04</DOB><Gender>F</Gender></Pupil></CTFpupilData></CTfile>',
  ].join('')
