import { type PupilId, inBatches } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Known, KnownPupil } from './known.ts'
import type { PupilKey, Rejected, RosterPupil, Roster } from './roster.ts'

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
 * that gives two people, or one who is in the file already, the row is rejected rather than guessed: a
 * wrong guess would give a child's messages to another child's parents.
 */
export async function matchPupils(school: School, known: Known, roster: Roster): Promise<Matching> {
  const matching: Matching = { matched: [], rejected: [], spared: new Set() }
  const taken = new Set<PupilId>()
  for (const batch of inBatches(roster.pupils, KEYED_AT_ONCE)) {
    const keys = await Promise.all(batch.map((pupil) => keysOf(school, pupil)))
    batch.forEach((pupil, at) => {
      const found = candidates(known, pupil, keys[at] as people.PupilKeys)
      const [first] = found
      if (found.length > 1) reject(matching, pupil, found, 'matches-two-pupils')
      else if (first && taken.has(first.id)) reject(matching, pupil, found, 'matches-earlier-row')
      else matching.matched.push({ pupil, known: first })
      if (first) taken.add(first.id)
    })
  }
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
  const numbered = [
    ...(keys.upnFingerprint ? (known.byUpn.get(keys.upnFingerprint) ?? []) : []),
    ...(keys.admissionFingerprint ? (known.byAdmission.get(keys.admissionFingerprint) ?? []) : []),
  ]
  if (numbered.length > 0) return [...new Set(numbered)]
  if (pupil.dateOfBirth === null) return []
  const namesakes = known.byName.get(keys.nameFingerprint) ?? []
  return namesakes.filter((each) => !isSomebodyElse(each, keys))
}

/** Both numbers are given on both sides, and both differ: two children of one name and birthday. */
const isSomebodyElse = (pupil: KnownPupil, keys: people.PupilKeys): boolean =>
  pupil.upnFingerprint !== null &&
  pupil.admissionFingerprint !== null &&
  keys.upnFingerprint !== null &&
  keys.admissionFingerprint !== null

function reject(
  { rejected, spared }: Matching,
  { line, key }: RosterPupil,
  found: KnownPupil[],
  reason: 'matches-two-pupils' | 'matches-earlier-row',
): void {
  rejected.push({ line, field: 'Row', reason, subject: 'row', key })
  for (const { id } of found) spared.add(id)
}

async function spare(school: School, known: Known, { rejected }: Roster, { spared }: Matching) {
  const about = rejected.flatMap(({ subject, key }) => (subject === 'row' && key ? [key] : []))
  for (const batch of inBatches(about, KEYED_AT_ONCE)) {
    const found = await Promise.all(batch.map((key) => numbersOf(school, key)))
    for (const { upnFingerprint, admissionFingerprint } of found) {
      const seemingly = [
        ...(upnFingerprint ? (known.byUpn.get(upnFingerprint) ?? []) : []),
        ...(admissionFingerprint ? (known.byAdmission.get(admissionFingerprint) ?? []) : []),
      ]
      for (const { id } of seemingly) spared.add(id)
    }
  }
}

const numbersOf = (school: School, { upn, admissionNumber }: PupilKey) =>
  people.pupilKeys(school, { surname: '', forename: '', dateOfBirth: null, upn, admissionNumber })
