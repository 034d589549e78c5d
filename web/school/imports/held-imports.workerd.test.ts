import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as mis from '#mis'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
import type { Mark } from '#workers/mis/records/marks.ts'
import type { RosterPupil } from '#workers/mis/records/roster.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { ask, cookieOf, htmlOf, wordsOf } from '../../../test/cast/visitor.ts'
import { open } from '../../../test/doors/people.ts'

/** Mr Pym comes in, and last night's export waits. He has to be able to look for each child it is about. */
const { FILES } = env as unknown as Env
let pym: string
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const world = await open(env as unknown as Env)
  pym = await cookieOf(world.directory, 'pym')
  school = world.cast.botolphs.school
  agent = await enrolAgent(world.directory, school, FILES)
})

const pupil = (at: number, more: Partial<RosterPupil> = {}): RosterPupil => ({
  line: at,
  key: { upn: null, admissionNumber: `L${at}`, reference: null },
  surname: `Larch${String.fromCodePoint(97 + (at % 26), 97 + Math.floor(at / 26))}`,
  forename: 'Lee',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6L',
  house: null,
  phones: [],
  emails: [],
  contacts: [],
  ...more,
})

const pathOf = ({ id }: mis.Import) => `/school/imports/${id}`

describe('an export in which seventy pupils are missing', () => {
  let held: mis.Import
  const all = Array.from({ length: 70 }, (_, at) => pupil(at, at === 0 ? { forename: '=1+1' } : {}))

  beforeAll(async () => {
    await agent.push({ records: all.map((each) => ({ pupil: each })) })
    held = await agent.push({ scope: 'full', records: [{ pupil: pupil(100) }] })
    expect(held).toMatchObject({ state: 'held', heldBecause: 'removes-many-pupils' })
  })

  test('lists fifty on the page, and all of them in a file that runs no formula', async () => {
    const page = await htmlOf(ask(pym, pathOf(held)))
    expect(page).toContain(`href="${pathOf(held)}/leavers.csv"`)
    const answer = await ask(pym, `${pathOf(held)}/leavers.csv`)
    expect(answer.headers.get('content-disposition')).toContain('leavers.csv')
    const rows = (await answer.text()).trim().split('\r\n')
    expect(rows.length).toBe(1 + (held.counts?.pupils.leaving ?? 0))
    expect(rows[0]).toBe('Pupil,Year and group')
    expect(rows.filter((row) => /Lee Larch.*Year 6, 6L/.test(row)).length).toBe(69)
    expect(rows.find((row) => row.includes('=1+1'))).toMatch(/^"?'=1\+1 Larch/)
  })

  test('says which feed it is of, and what to do in the agent’s configuration', async () => {
    const page = await wordsOf(ask(pym, pathOf(held)))
    const { leaving, here } = held.counts?.pupils ?? {}
    expect(page).toContain(`${leaving} of ${here} pupils are missing from this data`)
    expect(page).toContain('set the scope of the feed “nightly” to “partial”')
    expect(page).not.toContain('upload it again')
    expect(page).toMatch(/Feed\s+nightly/)
    expect(page).not.toContain('Since this was compared')
  })

  test('keeps its number when the roll changes, and says that it did', async () => {
    const { here = 0, leaving } = held.counts?.pupils ?? {}
    const one = { pupil: pupil(200) }
    await agent.push({ records: [one], opening: { feed: 'late-joiners' } })
    const page = await wordsOf(ask(pym, pathOf(held)))
    expect(page).toContain(`${leaving} of ${here} pupils are missing from this data`)
    expect(page).toContain(
      `the number of pupils on roll has changed from ${here} to ${here + 1}. It is compared again`,
    )
  })
})

describe('an export that is odd', () => {
  const mark = (line: number, more: Partial<Mark> = {}): { mark: Mark } => ({
    mark: {
      line,
      pupil: { upn: null, admissionNumber: 'L1', reference: null },
      date: '2026-10-01',
      at: { kind: 'session', session: 'AM' },
      code: '/',
      minutesLate: null,
      ...more,
    },
  })
  const held = async (records: { mark: Mark }[]) => {
    const pushed = await agent.push({ kind: 'registers', records })
    expect(pushed.state).toBe('held')
    return wordsOf(ask(pym, pathOf(pushed)))
  }

  test('lists the dates that have not come yet, with whose and in which line they are', async () => {
    const page = await held([mark(41, { date: '2099-10-01' })])
    expect(page).toContain('Dates that have not come yet')
    expect(page).toMatch(
      /Pupil with the admission number L1\s+Mark in the register\s+(Thursday )?1 October 2099\s+41/,
    )
    expect(page).toContain('I have checked the dates')
  })

  test('lists what is said in two ways, with both lines', async () => {
    const page = await held([mark(51), mark(77, { code: 'I' })])
    expect(page).toContain('Said in two ways')
    expect(page).toMatch(/admission number L1\s+attendance code\s+51 and 77/)
  })
})

test('whoever still has the page of one that was replaced is told why their approval does nothing', async () => {
  const opening = { feed: 'whole' }
  const first = await agent.push({ scope: 'full', records: [{ pupil: pupil(2) }], opening })
  const second = await agent.push({ scope: 'full', records: [{ pupil: pupil(3) }], opening })
  const approved = await ask(pym, `${pathOf(first)}/approval`, { confirmed: 'yes' })
  expect(approved.headers.get('location')).toBe(pathOf(first))
  const page = await htmlOf(ask(pym, pathOf(first)))
  expect(page).toContain('Import replaced')
  expect(page).toContain('Nothing of this was applied: while it waited, a newer export')
  expect(page).toContain(`href="${pathOf(second)}"`)
  expect(page).not.toContain('Approve, then apply')
  expect(await wordsOf(ask(pym, '/school/imports'))).toMatch(/, whole\s+Replaced/)
})

test('a file that names another school says which, and after an approval the name is ours', async () => {
  const named = { school: { laCode: null, establishment: null, name: 'Ashfield Academy' } }
  const sent = () => agent.push({ records: [{ pupil: pupil(1) }], opening: named })
  const held = await sent()
  expect(held.heldBecause).toBe('another-school')
  const page = await wordsOf(ask(pym, pathOf(held)))
  expect(page).toContain('it is of “Ashfield Academy”')
  expect(page).toMatch(/Your school is “St Botolph[^”]*” in Schoolgate/)
  await ask(pym, `${pathOf(held)}/approval`, { confirmed: 'yes' })
  await ask(pym, `${pathOf(held)}/applied`, {})
  expect((await sent()).state).toBe('applied')
})
