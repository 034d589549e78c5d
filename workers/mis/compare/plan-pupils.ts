import { inBatches, type PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { digest } from './digest.ts'
import type { FilePupil } from './file-people.ts'
import type { Known } from './known.ts'
import type { Change, PlannedWrites, PupilPlan } from './plan.ts'
import { type Groups, planMemberships } from './plan-groups.ts'
import { planPoints } from './plan-points.ts'
import { planTies, type Words } from './plan-ties.ts'
import type { RosterSource } from '../records/roster.ts'
import { channelsTold, type Topic, topicsOfPeople } from '../read/tells.ts'

const DIGESTED_AT_ONCE = 500

type Digested = { one: FilePupil; digest: Fingerprint; reference: Fingerprint | null }

/** `endsTies`: the file lists all contacts of each pupil. */
export type PupilTerms = {
  groups: Groups
  tells: ReadonlySet<Topic>
  source: RosterSource
  endsTies: boolean
}

/** Everything the comparison of one pupil needs, read once for all. */
type Facts = PupilTerms & {
  known: Known
  records: Map<PupilId, people.PupilRecord>
  words: Words
  nowMs: number
}

/** Plans the pupils of a file. Only of those whose digest differs is anything opened and compared. */
export async function planPupils(
  school: School,
  known: Known,
  pupils: readonly FilePupil[],
  terms: PupilTerms,
  writes: PlannedWrites,
): Promise<PupilPlan[]> {
  const differing = await thatDiffer(school, pupils, terms)
  const ids = differing.flatMap(({ one }) => (one.known ? [one.known.id] : []))
  const facts: Facts = {
    ...terms,
    known,
    records: ids.length > 0 ? await people.pupilRecords(school, ids) : new Map(),
    words: await wordsOf(school, known, ids),
    nowMs: school.clock.now(),
  }
  return differing.flatMap((each) => planPupil(facts, each, writes) ?? [])
}

async function thatDiffer(
  school: School,
  pupils: readonly FilePupil[],
  { tells, source }: PupilTerms,
): Promise<Digested[]> {
  const differing: Digested[] = []
  for (const batch of inBatches(pupils, DIGESTED_AT_ONCE)) {
    const digests = await Promise.all(batch.map((one) => digest(school, said(one, tells))))
    for (const [at, one] of batch.entries()) {
      const found = digests[at] as Fingerprint
      if (one.known?.digest === found && one.known.leftAtMs === null) continue
      const { reference } = one.pupil.key
      differing.push({
        one,
        digest: found,
        reference: reference ? await people.pupilReferenceKey(school, source, reference) : null,
      })
    }
  }
  return differing
}

/** All that the file says of a pupil, contacts by id; what it does not speak of is part of it. */
function said({ pupil, points, ties }: FilePupil, tells: ReadonlySet<Topic>): unknown {
  const { line, contacts, phones, emails, curriculumGroups, ...rest } = pupil
  return {
    ...rest,
    ...(curriculumGroups && { curriculumGroups: [...curriculumGroups].sort() }),
    points: points.map((point) => point.fingerprint),
    ties: ties.map(({ contact, wishes, ...tie }) => ({ ...tie, contact: contact.id })),
    tells: topicsOfPeople(tells),
  }
}

async function wordsOf(school: School, known: Known, ids: readonly PupilId[]): Promise<Words> {
  const ties = ids.flatMap((id) => (known.tiesOf.get(id) ?? []).map((tie) => tie.id))
  return ties.length > 0 ? people.relationshipWords(school, ties) : new Map()
}

function planPupil(
  { known, groups, records, words, tells, endsTies, nowMs }: Facts,
  { one, digest: found, reference }: Digested,
  writes: PlannedWrites,
): PupilPlan | undefined {
  const before = one.known && records.get(one.known.id)
  const record = overlaid(one, before, tells)
  const terms = { channels: channelsTold(tells, 'pupil'), isWhole: true, nowMs }
  const pointsBefore = known.pointsOf.get(one.id) ?? []
  const changes: Change[] = [
    ...(before ? recordChanges(before, record) : []),
    ...planMemberships(groups, one, tells, writes),
    ...planPoints(writes, { kind: 'pupil', id: one.id }, pointsBefore, one.points, terms),
    ...(tells.has('contacts')
      ? planTies(known, one, { words, tells, endsTies, nowMs }, writes)
      : []),
    ...(before && reference !== null && one.known?.referenceFingerprint !== reference
      ? [{ field: 'reference' as const, from: null, to: one.pupil.key.reference }]
      : []),
  ]
  const isReturning = one.known ? one.known.leftAtMs !== null : false
  if (before && !isReturning && changes.length === 0) return undefined

  const saved = { id: one.id, record, digest: found, referenceFingerprint: reference }
  writes.pupils.push(saved)
  if (isReturning) writes.returned.push(one.id)
  const { yearGroup, registrationGroup } = one.pupil
  const placing = [yearGroup, registrationGroup].filter((name) => name !== null)
  return { id: one.id, isNew: before === undefined, isReturning, saved, placing, changes }
}

/**
 * What the file says, over what is known. A number, date or gender that the file leaves out, or that was
 * rejected for a typing mistake, is not forgotten for it.
 */
function overlaid(
  { pupil }: FilePupil,
  before: people.PupilRecord | undefined,
  tells: ReadonlySet<Topic>,
): people.PupilRecord {
  const { surname, forename, preferredForename, middleNames, gender, dateOfBirth, key } = pupil
  return {
    surname,
    forename,
    preferredForename: tells.has('preferred-forename')
      ? preferredForename
      : (before?.preferredForename ?? null),
    middleNames: tells.has('middle-names') ? middleNames : (before?.middleNames ?? null),
    upn: key.upn ?? before?.upn ?? null,
    admissionNumber: key.admissionNumber ?? before?.admissionNumber ?? null,
    gender: gender ?? before?.gender ?? null,
    dateOfBirth: dateOfBirth ?? before?.dateOfBirth ?? null,
  }
}

const RECORD_FIELDS = [
  ['surname', 'surname'],
  ['forename', 'forename'],
  ['preferredForename', 'preferred-forename'],
  ['middleNames', 'middle-names'],
  ['upn', 'upn'],
  ['admissionNumber', 'admission-number'],
  ['gender', 'gender'],
  ['dateOfBirth', 'date-of-birth'],
] as const

const recordChanges = (before: people.PupilRecord, after: people.PupilRecord): Change[] =>
  RECORD_FIELDS.filter(([key]) => before[key] !== after[key]).map(([key, field]) => ({
    field,
    from: before[key],
    to: after[key],
  }))
