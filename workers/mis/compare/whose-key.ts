import type { PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { KnownPupil } from './known.ts'
import type { PupilKey, RosterSource } from '../records/roster.ts'

/** Of whom a record is that says nothing but a key. */
export type WhoseKey = (key: PupilKey) => Promise<PupilId | undefined>

/**
 * Who on the roll a record without names is about: by UPN, by admission number, or by the id of the system
 * that it comes from. Undefined where it is nobody, or where the parts do not agree on one: a mark or an
 * order of one child is never guessed onto another.
 */
export function whoseKeys(
  school: School,
  pupils: readonly KnownPupil[],
  source: RosterSource,
): WhoseKey {
  const everyone = everyoneWith(school, pupils, source)
  const asked = new Map<string, Promise<PupilId | undefined>>()
  const find = async (key: PupilKey) => {
    const found = await everyone(key)
    const [only] = found
    return found.size === 1 ? only : undefined
  }
  return (key) => {
    const at = JSON.stringify([key.upn, key.admissionNumber, key.reference])
    const known = asked.get(at) ?? find(key)
    asked.set(at, known)
    return known
  }
}

/** All who have any part of a key: more than one where its parts do not agree. */
export function everyoneWith(
  school: School,
  pupils: readonly KnownPupil[],
  source: RosterSource,
): (key: PupilKey) => Promise<Set<PupilId>> {
  const indexes = {
    upn: Map.groupBy(pupils, (pupil) => pupil.upnFingerprint),
    admission: Map.groupBy(pupils, (pupil) => pupil.admissionFingerprint),
    reference: Map.groupBy(pupils, (pupil) => pupil.referenceFingerprint),
  }
  return async (key) => {
    const at = await fingerprintsOf(school, key, source)
    return new Set(
      [
        idsAt(indexes.upn, at.upn),
        idsAt(indexes.admission, at.admission),
        idsAt(indexes.reference, at.reference),
      ].flat(),
    )
  }
}

const idsAt = (index: Map<Fingerprint | null, KnownPupil[]>, at: Fingerprint | null): PupilId[] =>
  at === null ? [] : (index.get(at) ?? []).map(({ id }) => id)

async function fingerprintsOf(
  school: School,
  { upn, admissionNumber, reference }: PupilKey,
  source: RosterSource,
) {
  const nameless = { surname: '', forename: '', dateOfBirth: null }
  const keys = await people.pupilKeys(school, { ...nameless, upn, admissionNumber })
  return {
    upn: keys.upnFingerprint,
    admission: keys.admissionFingerprint,
    reference: reference ? await people.pupilReferenceKey(school, source, reference) : null,
  }
}
