import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { type Id, type ImportId, isRefusal, newId } from '#kernel'
import type { Import } from '#mis'
import type { School } from '#shards'
import * as people from '#people'
import type { Env } from '#workers/env.ts'
import type { PayloadRecord } from '#workers/mis/push/payload.ts'
import type { RosterPupil } from '#workers/mis/records/roster.ts'
import * as store from '#workers/mis/push/store.ts'
import { ORIGIN } from '../../../test/doors/knock.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import { open, type Person, type World } from '../../../test/doors/people.ts'

// The agent on the office server sends while nobody looks; Mr Pym sees in the morning what came.
let world: World
let pym: Person
let school: School
let agentId: Id<'agent'>
const worker = (exports as unknown as { default: Fetcher }).default

beforeAll(async () => {
  world = await open(env as unknown as Env)
  pym = world.people.find(({ called }) => called === 'a Data Manager') as Person
  school = world.cast.botolphs.school
  const opened = await agents.openEnrolment(world.directory, school, {
    name: 'Office server',
    nightlyHour: null,
  })
  if (isRefusal(opened)) throw new Error(opened.refused)
  agentId = opened.id
})

const textAt = async (path: string): Promise<string> => {
  const headers = { Cookie: `__Host-session=${await pym.token()}` }
  return (await worker.fetch(`${ORIGIN}${path}`, { headers })).text()
}
const pageAt = async (path: string): Promise<string> => (await textAt(path)).replace(/\s+/g, ' ')

async function sent(data: Import['data']): Promise<ImportId> {
  const id = newId('import')
  const nowMs = school.clock.now()
  const at = { takenAtMs: nowMs, createdAtMs: nowMs }
  const told = { agentId, data, isPartial: true, dfeNumber: null, ourName: 'St Botolph’s', ...at }
  await school.write(await store.received(school, { id, ...told }))
  return id
}

test('what the agent sent is listed by what it is and by the agent’s name', async () => {
  const id = await sent('registers')
  const list = await pageAt('/school/imports')
  expect(list).toContain('Registers')
  expect(list).toContain('Agent “Office server”')
  expect(list).toContain('Being read')
  const page = await pageAt(`/school/imports/${id}`)
  expect(page).toContain('What the agent sent is being read')
  expect(page).not.toContain('new pupil')
})

test('what could not be used says why, and that nothing of it was used', async () => {
  const id = await sent('roster')
  await school.commit(
    ...store.refused(school, id, 'truncated'),
    audit.entry(school, 'import.refused', id),
  )
  const page = await pageAt(`/school/imports/${id}`)
  expect(page).toContain('Nothing of it was used.')
  expect(page).toContain('It was cut short on the way')
  expect(await pageAt('/school/imports')).toContain('Nothing was changed')
})

describe('rows that the agent could not use', () => {
  let agent: PushingAgent
  beforeAll(async () => {
    agent = await enrolAgent(world.directory, school, (env as unknown as Env).FILES)
  })

  const rejected = {
    rejected: {
      line: 5712,
      field: 'Mark',
      reason: 'withdrawn-code' as const,
      subject: 'row' as const,
    },
  }
  const pushed = (opening: Parameters<PushingAgent['push']>[0]['opening'] = {}) =>
    agent.push({ kind: 'registers', records: [rejected], opening })

  test('are listed with line, column and reason, and where the line is to be found', async () => {
    const { id } = await pushed()
    const page = await pageAt(`/school/imports/${id}`)
    expect(page).toContain('What was not taken')
    expect(page).toContain('5712')
    expect(page).toContain('This code was withdrawn in August 2024')
    expect(page).toMatch(/The lines are those in the file of <span[^>]*>Agent “Office”<\/span>/)
    // What the rows say is not here, so there is no column for it.
    expect(page).not.toContain('In the file')

    const file = await textAt(`/school/imports/${id}/rejected.csv`)
    const [head, row] = file.replace(/^\uFEFF/, '').split(/\r?\n/)
    expect(head).toMatch(/Line.*Column.*In the file.*Why/)
    expect(row).toMatch(/5712.*Mark.*This code was withdrawn in August 2024/)
  })

  test('of an API are records, not lines', async () => {
    const { id } = await pushed({ source: 'wonde' })
    const page = await pageAt(`/school/imports/${id}`)
    expect(page).toMatch(/<th[^>]*>\s*Record\s*</)
    expect(page).not.toMatch(/<th[^>]*>\s*Line\s*</)
    expect(page).toMatch(/counted as they came to <span[^>]*>Agent “Office”<\/span>/)
    expect(await textAt(`/school/imports/${id}/rejected.csv`)).toMatch(/Record/)
  })

  test('say what and of whom in words, on the page and in the file', async () => {
    const key = { upn: null, admissionNumber: '004417', reference: null }
    const row = { ...rejected.rejected, field: 'education_details.admission_number', key }
    const opening = { source: 'wonde' as const }
    const { id } = await agent.push({ kind: 'registers', records: [{ rejected: row }], opening })
    const shown = await pageAt(`/school/imports/${id}`)
    const file = await textAt(`/school/imports/${id}/rejected.csv`)
    for (const text of [shown, file]) {
      expect(text).toContain('Pupil with the admission number 004417')
      expect(text).toContain('Admission number')
      expect(text).not.toContain('education_details')
    }
  })

  test('and are more than are told of: nobody was taken for a leaver, it says', async () => {
    const opening = { moreRejected: 12 }
    const named = { field: 'Surname', reason: 'no-surname' as const, of: 'staff' as const }
    const row = { ...rejected.rejected, ...named }
    const { id, state } = await agent.push({
      kind: 'staff',
      scope: 'full',
      records: [
        { rejected: row },
        {
          staff: {
            line: 2,
            reference: 's-1',
            title: null,
            forename: 'Sam',
            surname: 'Oak',
            phones: [],
            emails: [],
            isCurrent: true,
          },
        },
      ],
      opening,
    })
    expect(state).toBe('applied')
    const page = await pageAt(`/school/imports/${id}`)
    expect(page).toContain('This member of staff has no surname')
    expect(page).toContain('and 12 more')
    expect(page).toContain('nobody who is missing is taken for a leaver')
  })
})

describe('a full list of pupils in which one is missing', () => {
  const LEAVES = 'those who are missing are marked as left'
  const NOBODY_LEAVES = 'nobody who is missing is taken for a leaver'
  const NAMES = ['Ash', 'Birch', 'Cedar', 'Elder', 'Fir', 'Hazel']
  let agent: PushingAgent
  let records: PayloadRecord[]

  beforeAll(async () => {
    agent = await enrolAgent(world.directory, school, (env as unknown as Env).FILES)
    const rest = { preferredForename: null, middleNames: null, gender: null, house: null }
    const here = await people.list(school)
    const known = here.map(({ record }): PayloadRecord => {
      const { upn, admissionNumber, surname, forename, dateOfBirth } = record
      const key = { upn, admissionNumber, reference: null }
      return pupilRecord({ key, surname, forename, dateOfBirth })
    })
    const added = NAMES.map((surname) =>
      pupilRecord({
        key: { upn: null, admissionNumber: null, reference: `mis-${surname}` },
        surname,
        forename: 'Robin',
        dateOfBirth: '2016-03-04',
      }),
    )
    function pupilRecord(said: Pick<RosterPupil, 'key' | 'surname' | 'forename' | 'dateOfBirth'>) {
      const groups = { yearGroup: null, registrationGroup: null }
      return {
        pupil: { line: 2, ...rest, ...groups, phones: [], emails: [], contacts: [], ...said },
      }
    }
    records = [...known, ...added]
    const opening = { areContactsPartial: true } as const
    expect((await agent.push({ scope: 'full', records, opening })).state).toBe('applied')
  })

  const pageOf = async (
    sending: Pick<Parameters<PushingAgent['push']>[0], 'opening'>,
    more: PayloadRecord[] = [],
  ) => {
    const opening = { areContactsPartial: true as const, ...sending.opening }
    const pushed = await agent.push({
      scope: 'full',
      records: [...records.slice(0, -1), ...more],
      opening,
    })
    expect(pushed.state).toBe('applied')
    return { counts: pushed.counts?.pupils, page: await pageAt(`/school/imports/${pushed.id}`) }
  }
  const bad = (line: number): PayloadRecord => ({
    rejected: { line, field: 'Contact 1 Email', reason: 'email-not-an-address', subject: 'field' },
  })

  test('says of more than a thousand rejected rows that nobody is taken for a leaver', async () => {
    const { counts, page } = await pageOf(
      {},
      Array.from({ length: 1_001 }, (_, at) => bad(at)),
    )
    expect(counts).toMatchObject({ leaving: 0 })
    expect(page).toContain(NOBODY_LEAVES)
    expect(page).toContain('so many rows could not be used')
    expect(page).not.toContain(LEAVES)
    const told = await pageOf({ opening: { moreRejected: 1 } })
    expect(told.page).toContain(NOBODY_LEAVES)
  })

  test('says so of one record that came damaged, too', async () => {
    const { counts, page } = await pageOf({}, [{ pupil: { line: 4 } } as never])
    expect(counts).toMatchObject({ leaving: 0 })
    expect(page).toContain('at least one row does not say whom it is about')
    expect(page).toContain(NOBODY_LEAVES)
  })

  test('says of a thousand that whoever is missing has left, and so it is', async () => {
    const { counts, page } = await pageOf(
      {},
      Array.from({ length: 1_000 }, (_, at) => bad(at)),
    )
    expect(counts).toMatchObject({ leaving: 1 })
    expect(page).toContain(LEAVES)
    expect(page).not.toContain(NOBODY_LEAVES)
  })
})

test('of a full list of incidents it is said what goes, and what that needs', async () => {
  const agent: PushingAgent = await enrolAgent(
    world.directory,
    school,
    (env as unknown as TestEnv).FILES,
  )
  const amara = await people.find(school, world.cast.botolphs.pupil('Amara Adeyemi'))
  if (!amara) throw new Error('on roll')
  const { upn, admissionNumber } = amara.record
  const days = Array.from({ length: 9 }, (_, at) => `2026-09-0${at + 1}`)
  const told = (chosen: readonly string[], more: PayloadRecord[] = []) =>
    agent.push({
      kind: 'behaviour',
      scope: 'full',
      records: [
        ...chosen.map((date) => ({
          conduct: {
            line: 2,
            reference: date,
            pupil: { upn, admissionNumber, reference: null },
            kind: 'behaviour' as const,
            date,
            type: 'Late to class',
            points: -1,
            description: null,
          },
        })),
        ...more,
      ],
    })
  await told(days)
  const one = await pageAt(`/school/imports/${(await told(days.toSpliced(4, 1))).id}`)
  expect(one).toContain('entries of these days that are not in it are removed')
  expect(one).toContain('entry removed')
  expect(await pageAt('/school/imports')).toContain('1 entry removed')

  const held = await told(days.filter((_, at) => at === 0 || at === 8))
  const asked = await pageAt(`/school/imports/${held.id}`)
  expect(asked).toContain('6 of the 8 entries that are known of these days are missing')
  expect(asked).toContain('I have checked that 6 entries are to be removed')
  expect(asked).toContain('entries go')

  const rejected = { line: 7, field: 'Date', reason: 'not-a-date', subject: 'row' } as const
  const faulty = await told([...days.slice(0, 2), days[8] ?? ''], [{ rejected }])
  const unsure = await pageAt(`/school/imports/${faulty.id}`)
  expect(unsure).toContain('nothing is removed before that is put right')
  expect(unsure).not.toContain('entries go')
})

test('a register is never said to be whole', async () => {
  const agent = await enrolAgent(world.directory, school, (env as unknown as TestEnv).FILES)
  const { id } = await agent.push({ kind: 'registers', scope: 'full', records: [] })
  const page = await pageAt(`/school/imports/${id}`)
  expect(page).toContain('those that are not in it stay as they are')
  expect(page).not.toContain('marked as left')
  expect(await pageAt(`/school/agents/${agent.id}`)).toContain('Marks, added to what is here')
})
