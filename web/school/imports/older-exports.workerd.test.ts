import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as mis from '#mis'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
import type { RosterPupil } from '#workers/mis/records/roster.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { ORIGIN } from '../../../test/doors/knock.ts'
import { open, type Person, type World } from '../../../test/doors/people.ts'

// The school's system writes no new export, or the wrong one. Mr Pym reads what became of it.
const { FILES } = env as unknown as Env
const HOUR_MS = 3_600_000
let world: World
let pym: Person
let school: School
let agent: PushingAgent
const worker = (exports as unknown as { default: Fetcher }).default

beforeAll(async () => {
  world = await open(env as unknown as Env)
  pym = world.people.find(({ called }) => called === 'a Data Manager') as Person
  school = world.cast.botolphs.school
  agent = await enrolAgent(world.directory, school, FILES)
})

const pageAt = async (path: string): Promise<string> => {
  const headers = { Cookie: `__Host-session=${await pym.token()}` }
  return (await (await worker.fetch(`${ORIGIN}${path}`, { headers })).text()).replace(/\s+/g, ' ')
}

const pupil = (n: number, contacts: RosterPupil['contacts'] = []): RosterPupil => ({
  line: n,
  key: { upn: null, admissionNumber: `P${n}`, reference: null },
  surname: `Plum${'abcdefghijklmnopqrstuvwxyz'[n]}`,
  forename: 'Pat',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6P',
  house: null,
  phones: [],
  emails: [],
  contacts,
})
const contactOf = (n: number, mayNotBeContacted: boolean): RosterPupil['contacts'][number] => ({
  line: n,
  title: 'Ms',
  forename: 'Pia',
  surname: `Plum${'abcdefghijklmnopqrstuvwxyz'[n]}`,
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [],
  emails: [],
  mayNotBeContacted,
})
const takenBefore = (hours: number) => ({
  takenAt: new Date(school.clock.now() - hours * HOUR_MS).toISOString(),
})

test('an export that is days old says so, and one of last night does not', async () => {
  const old = await agent.push({ records: [{ pupil: pupil(1) }], opening: takenBefore(24 * 9) })
  expect(old.state).toBe('applied')
  const page = await pageAt(`/school/imports/${old.id}`)
  expect(page).toContain('This export was 9 days old when it came.')
  expect(page).toContain('Made on')
  const new_ = await agent.push({ records: [{ pupil: pupil(1) }], opening: takenBefore(8) })
  expect(await pageAt(`/school/imports/${new_.id}`)).not.toContain('days old')
})

test('one that comes too late says by what it was overtaken, and what to do', async () => {
  const opening = takenBefore(10)
  const newer = await agent.push({ records: [{ pupil: pupil(1) }], opening: takenBefore(2) })
  const late = await agent.push({ records: [{ pupil: pupil(1) }], opening })
  expect(late).toMatchObject({ state: 'refused', refusedBecause: 'overtaken' })
  const page = await pageAt(`/school/imports/${late.id}`)
  expect(page).toContain('Nothing of it was used.')
  expect(page).toContain('export it again in your management information system')
  expect(page).toContain(`href="/school/imports/${newer.id}"`)
})

test('one that was held can only be discarded once newer data came in', async () => {
  const listed = { feed: 'whole', records: [{ pupil: pupil(1) }] }
  const whole = { scope: 'full' as const, records: listed.records, opening: { feed: 'whole' } }
  const held = await agent.push({ ...whole, opening: { ...whole.opening, ...takenBefore(3) } })
  expect(held.state).toBe('held')
  expect(await pageAt(`/school/imports/${held.id}`)).toContain('Approve, then apply')

  const again = await agent.push({ ...whole, opening: { feed: 'another' } })
  await mis.approve(school, again)
  const ready = await mis.find(school, again.id)
  if (!ready) throw new Error('it is there')
  expect(await mis.apply(school, FILES, ready)).toBeUndefined()
  const page = await pageAt(`/school/imports/${held.id}`)
  expect(page).toContain('this would take the school back to before it')
  expect(page).toContain(`href="/school/imports/${again.id}"`)
  expect(page).not.toContain('Approve, then apply')
  expect(page).toContain('Discard it')
})

test('one that was held is replaced by the next export of its feed', async () => {
  const whole = { scope: 'full' as const, opening: { feed: 'nightly' } }
  const held = await agent.push({ ...whole, records: [{ pupil: pupil(2) }] })
  const next = await agent.push({ ...whole, records: [{ pupil: pupil(3) }] })
  expect([held.state, next.state]).toEqual(['held', 'held'])
  const page = await pageAt(`/school/imports/${held.id}`)
  expect(page).toContain('a newer export of the same feed came')
  expect(page).toContain(`href="/school/imports/${next.id}"`)
  expect(page).not.toContain('Approve, then apply')
  expect(await mis.approve(school, held)).toEqual({ refused: 'not-held' })
  expect(await pageAt('/school/imports')).toContain('Replaced')
  await mis.discard(school, FILES, next)
})

test('what would end several orders, or take away many contacts, is explained in numbers', async () => {
  const many = Array.from({ length: 8 }, (_, at) => at + 2)
  const records = (mayNotBeContacted: boolean) =>
    many.map((n) => ({ pupil: pupil(n, [contactOf(n, mayNotBeContacted)]) }))
  const opening = { feed: 'flags', saysNoContact: true as const }
  await agent.push({ records: records(true), opening })
  const ended = await agent.push({ records: records(false), opening })
  expect(ended.heldBecause).toBe('ends-many-restrictions')
  const page = await pageAt(`/school/imports/${ended.id}`)
  expect(page).toContain('8 of the 8 “do not contact” marks')
  expect(page).toContain('I have checked that 8 contacts may be contacted again')
  await mis.discard(school, FILES, ended)

  const none = [...many.slice(1).map((n) => ({ pupil: pupil(n) })), ...records(true).slice(0, 1)]
  const gone = await agent.push({ records: none, opening })
  const asked = await pageAt(`/school/imports/${gone.id}`)
  expect(asked).toMatch(/7 of the \d+ contacts of pupils who stay would not be contacts/)
})
