import { type ImportId, invariant, type PupilId } from '#kernel'
import * as attendance from '#attendance'
import * as mis from '#mis'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf, shardsOf } from '#workers/env.ts'
import type { Mark } from '#workers/mis/records/marks.ts'
import { linesOf } from '#workers/mis/push/lines.ts'
import { openBody } from '#workers/mis/push/open.ts'
import type { PayloadRecord } from '#workers/mis/push/payload.ts'
import type { RosterContact, RosterPupil } from '#workers/mis/records/roster.ts'
import * as agents from '#agents'
import { openingOf } from '#workers/mis/push/opening-of.ts'
import { enrolAgent, type PushingAgent } from '../../test/cast/pushing-agent.ts'
import { numbers } from './numbers.ts'

type Place = { school: School['id']; shard: number }
/** `changed`: so many pupils have moved to another house. */
export type RosterAsked = Place & { pupils: number; changed: number }
/** A month of mornings and afternoons: '2025-09', and how many school days it has. */
export type MarksAsked = Place & { pupils: number; month: string; days: number }
export type Opened = { state: string; added: number; changed: number; entries: number }

/** The agent keeps its keys in the memory of this process, as a school's does on its disk. */
const agentOf = new Map<string, PushingAgent>()

/** The body of a whole roster, sealed as the agent seals it and taken in: nothing is opened yet. */
export async function postRoster(env: Env, asked: RosterAsked): Promise<ImportId> {
  const records = Array.from({ length: asked.pupils }, (_, at) => ({
    pupil: pupilAt(at, at < asked.changed),
  }))
  const agent = await agentAt(env, asked)
  return agent.post({ kind: 'roster', scope: 'full', records })
}

export async function postMarks(env: Env, asked: MarksAsked): Promise<ImportId> {
  const agent = await agentAt(env, asked)
  return agent.post({ kind: 'registers', scope: 'partial', records: [...marksOf(asked)] })
}

/** What the job on the queue does. */
export async function openPush(env: Env, asked: Place & { importId: ImportId }): Promise<Opened> {
  const agent = await agentAt(env, asked)
  const { state, counts } = await agent.open(asked.importId)
  const { added = 0, changed = 0 } = counts?.pupils ?? {}
  return { state, added, changed, entries: counts?.entries ?? 0 }
}

/**
 * The least that anybody has to do with the same body: open it, read its lines and insert each record, and
 * each contact of a pupil, as a row of plain JSON. Nothing is checked, compared, sealed or noted.
 */
export async function insertPush(env: Env, asked: Place & { importId: ImportId }): Promise<number> {
  const { directory, school } = await schoolAt(env, asked)
  const push = await agents.findPushOf(directory, school, asked.importId)
  const body = await env.FILES.get(`imports/${school.id}/${asked.importId}/push`)
  invariant(push && body, 'a body that was just taken in is there')
  const { agentId: agent, serverKeyId: key, takenAtMs } = push
  const kind = push.kind as mis.PushKind
  const scope = push.scope as 'full' | 'partial'
  const address = { organisation: school.id, agent, key, takenAtMs, kind, scope }
  const opening = await openingOf(directory, school, address, push.apiKeyId)
  invariant(opening, 'the keys of the bench’s agent are there')
  const rows: string[] = []
  for await (const { text } of linesOf(openBody(opening, body.body))) {
    const record = JSON.parse(text ?? '') as { pupil?: RosterPupil }
    rows.push(text ?? '')
    for (const contact of record.pupil?.contacts ?? []) rows.push(JSON.stringify(contact))
  }
  await insert(shardsOf(env, 2)[1] as D1Database, rows)
  // Else the next that is opened would open this one first.
  await agents.endPush(directory, push, { state: 'refused', because: 'bench' })
  return rows.length
}

const ROWS_A_STATEMENT = 3_000

async function insert(database: D1Database, rows: string[]): Promise<void> {
  await database.exec('create table if not exists bench_raw (id text primary key, body text)')
  const statement = database.prepare(
    'insert into bench_raw select value ->> 0, value ->> 1 from json_each(?)',
  )
  const batch: D1PreparedStatement[] = []
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const some = rows.slice(start, start + ROWS_A_STATEMENT)
    batch.push(statement.bind(JSON.stringify(some.map((row) => [crypto.randomUUID(), row]))))
  }
  await database.batch(batch)
}

export async function agentAt(env: Env, place: Place): Promise<PushingAgent> {
  const known = agentOf.get(place.school)
  if (known) return known
  const { directory, school } = await schoolAt(env, place)
  const agent = await enrolAgent(directory, school, env.FILES)
  agentOf.set(place.school, agent)
  return agent
}

export async function schoolAt(env: Env, { school: id, shard }: Place) {
  const directory = new Directory(await premisesOf(env))
  const school = directory.schoolAt(shard, id, system('agent'))
  invariant(school, 'the school of a bench is on its shard')
  return { directory, school }
}

/** A pupil's whole year as their page reads it. Answers how many marks of sessions it has. */
export async function yearOf(
  env: Env,
  { pupil, onDay, ...place }: Place & { pupil: PupilId; onDay: string },
): Promise<number> {
  const { school } = await schoolAt(env, place)
  return (await attendance.yearOf(school, pupil, onDay)).sessions.length
}

const GROUPS = 50

export function pupilAt(at: number, hasMoved: boolean): RosterPupil {
  const year = 1 + (at % 6)
  return {
    line: at + 2,
    key: { upn: null, admissionNumber: admissionOf(at), reference: `p-${at}` },
    surname: `Surname${at}`,
    forename: `Forename${at % 97}`,
    preferredForename: null,
    middleNames: null,
    gender: at % 2 === 0 ? 'F' : 'M',
    dateOfBirth: `${2021 - year}-0${1 + (at % 9)}-1${at % 10}`,
    yearGroup: `Year ${year}`,
    registrationGroup: `${year}${String.fromCharCode(65 + (at % 5))}`,
    house: hasMoved ? 'Rowan' : 'Larch',
    curriculumGroups: [`Maths ${at % GROUPS}`, `English ${(at * 7) % GROUPS}`],
    phones: [],
    emails: [],
    contacts: [contactAt(at, 1), contactAt(at, 2)],
  }
}

const contactAt = (at: number, priority: number): RosterContact => ({
  line: at + 2,
  title: priority === 1 ? 'Mrs' : 'Mr',
  forename: `Parent${priority}`,
  surname: `Surname${at}`,
  relationship: priority === 1 ? 'Mother' : 'Father',
  priority,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: numbers[(at * 2 + priority) % numbers.length] ?? '', kind: 'mobile' }],
  emails: [`parent${priority}.${at}@example.org`],
  mayNotBeContacted: false,
})

export const admissionOf = (at: number): string => `B${String(at).padStart(5, '0')}`

/** A pupil in twenty is away, and one in thirty late. */
function* marksOf({ pupils, month, days }: MarksAsked): Generator<PayloadRecord> {
  for (let at = 0; at < pupils; at++) {
    const pupil = { upn: null, admissionNumber: admissionOf(at), reference: `p-${at}` }
    for (let day = 1; day <= days; day++) {
      for (const session of ['AM', 'PM'] as const) {
        const mark: Mark = {
          line: at + 2,
          pupil,
          date: `${month}-${String(day).padStart(2, '0')}`,
          at: { kind: 'session', session },
          code: codeOf(at, day, session),
          minutesLate: null,
        }
        yield { mark }
      }
    }
  }
}

function codeOf(at: number, day: number, session: 'AM' | 'PM'): Mark['code'] {
  if ((at + day * 3) % 20 === 0) return 'I'
  if ((at + day * 7) % 30 === 0 && session === 'AM') return 'L'
  return session === 'AM' ? '/' : '\\'
}
