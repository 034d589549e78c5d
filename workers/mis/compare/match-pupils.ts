import { atMost, type PupilId, inBatches } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Known, KnownPupil } from './known.ts'
import type { Rejected, RosterPupil, Roster } from '../records/roster.ts'
import { everyoneWith } from './whose-key.ts'

/** A pupil of the file, and who that is on the roll; nobody where the pupil is new. */
export type MatchedPupil = { pupil: RosterPupil; known: KnownPupil | undefined }

export type Matching = {
  matched: MatchedPupil[]
  rejected: Rejected[]
  /** Pupils whom a rejected row may be about: they are not taken for leavers. */
  spared: Set<PupilId>
}

const KEYED_AT_ONCE = 500

/**
 * Who is who: by UPN, by admission number, and where neither is known by name with date of birth. Where
 * that gives two people, one who is in the file already, or one who is plainly somebody else, the row is
 * rejected rather than guessed: a wrong guess would give a child's messages to another child's parents.
 */
export async function matchPupils(school: School, known: Known, roster: Roster): Promise<Matching> {
  const matching: Matching = { matched: [], rejected: [], spared: new Set() }
  const taken = new Set<PupilId>()
  const renamed: MatchedPupil[] = []
  for (const batch of inBatches(roster.pupils, KEYED_AT_ONCE)) {
    const keys = await Promise.all(batch.map((pupil) => keysOf(school, pupil)))
    batch.forEach((pupil, at) => {
      const key = keys[at] as people.PupilKeys
      const found = candidates(known, pupil, key)
      const [first] = found
      if (found.length > 1) return reject(matching, pupil, found, 'matches-two-pupils')
      if (first && taken.has(first.id)) return reject(matching, pupil, found, 'matches-earlier-row')
      const match = { pupil, known: first }
      matching.matched.push(match)
      if (first) taken.add(first.id)
      if (first && first.nameFingerprint !== key.nameFingerprint) renamed.push(match)
    })
  }
  await rejectStrangers(school, matching, renamed)
  await spare(school, known, roster, matching)
  return matching
}

const keysOf = (school: School, { key, surname, forename, dateOfBirth }: RosterPupil) =>
  people.pupilKeys(school, {
    surname,
    forename,
    dateOfBirth,
    upn: key.upn,
    admissionNumber: key.admissionNumber,
  })

function candidates(known: Known, pupil: RosterPupil, keys: people.PupilKeys): KnownPupil[] {
  const byUpn = keys.upnFingerprint ? (known.byUpn.get(keys.upnFingerprint) ?? []) : []
  const byNumber = keys.admissionFingerprint
    ? (known.byAdmission.get(keys.admissionFingerprint) ?? [])
    : []
  // A school that changes its system numbers its pupils anew: UPN and name together say who it is.
  const [sure] = byUpn
  if (byUpn.length === 1 && sure?.nameFingerprint === keys.nameFingerprint) return [sure]
  const numbered = new Set([...byUpn, ...byNumber])
  if (numbered.size > 0) return [...numbered]
  if (pupil.dateOfBirth === null) return []
  const namesakes = known.byName.get(keys.nameFingerprint) ?? []
  return namesakes.filter((each) => !isNumberedOtherwise(each, keys))
}

/** Both numbers are given on both sides, and both differ: two children of one name and birthday. */
const isNumberedOtherwise = (pupil: KnownPupil, keys: people.PupilKeys): boolean =>
  pupil.upnFingerprint !== null &&
  pupil.admissionFingerprint !== null &&
  keys.upnFingerprint !== null &&
  keys.admissionFingerprint !== null

function reject(
  { rejected, spared }: Matching,
  { line, key }: RosterPupil,
  found: KnownPupil[],
  reason: 'matches-two-pupils' | 'matches-earlier-row' | 'number-of-another-pupil',
): void {
  rejected.push({ line, field: 'Row', reason, subject: 'row', key })
  for (const { id } of found) spared.add(id)
}

/** A number that has passed to another child: neither surname, forename nor birthday is the same. */
async function rejectStrangers(
  school: School,
  matching: Matching,
  renamed: readonly MatchedPupil[],
): Promise<void> {
  const ids = renamed.flatMap(({ known }) => known?.id ?? [])
  if (ids.length === 0) return
  const records = await people.pupilRecords(school, ids)
  const strangers = new Set(
    renamed.filter(({ pupil, known }) => isStranger(pupil, known && records.get(known.id))),
  )
  if (strangers.size === 0) return
  matching.matched = matching.matched.filter((each) => !strangers.has(each))
  for (const { pupil, known } of strangers) {
    reject(matching, pupil, known ? [known] : [], 'number-of-another-pupil')
  }
}

const isStranger = (pupil: RosterPupil, record: people.PupilRecord | undefined): boolean =>
  record !== undefined &&
  people.fold(record.surname) !== people.fold(pupil.surname) &&
  people.fold(record.forename) !== people.fold(pupil.forename) &&
  (record.dateOfBirth === null || record.dateOfBirth !== pupil.dateOfBirth)

/** Whoever has any part of the key: the row may be about each of them. */
async function spare(
  school: School,
  { snapshot }: Known,
  { rejected, source }: Roster,
  { spared }: Matching,
) {
  const about = rejected.flatMap(({ subject, of, key }) =>
    subject === 'row' && of !== 'staff' && key ? [key] : [],
  )
  if (about.length === 0) return
  const everyone = everyoneWith(school, snapshot.pupils, source)
  for (const ids of await atMost(KEYED_AT_ONCE, about, everyone)) {
    for (const id of ids) spared.add(id)
  }
}
