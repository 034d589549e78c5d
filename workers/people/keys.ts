import { mailboxKey } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { ContactRecord } from './contact.ts'
import { fold } from './fold.ts'
import { type Channel, fingerprintKind } from './point.ts'
import type { PupilRecord } from './pupil.ts'
import type { StaffRecord } from './staff.ts'

export type PupilKeys = {
  upnFingerprint: Fingerprint | null
  admissionFingerprint: Fingerprint | null
  nameFingerprint: Fingerprint
}

type PupilFacts = Pick<
  PupilRecord,
  'surname' | 'forename' | 'dateOfBirth' | 'upn' | 'admissionNumber'
>

/** What a pupil is found again by: UPN, admission number, and name with date of birth. */
export async function pupilKeys(school: School, pupil: PupilFacts): Promise<PupilKeys> {
  const name = [fold(pupil.surname), fold(pupil.forename), pupil.dateOfBirth ?? ''].join('|')
  const [upnFingerprint, admissionFingerprint, nameFingerprint] = await Promise.all([
    keyed(school, 'upn', pupil.upn),
    keyed(school, 'admission-number', pupil.admissionNumber),
    school.fingerprint('name', name),
  ])
  return { upnFingerprint, admissionFingerprint, nameFingerprint }
}

/** What a pupil is found by in the marks of one system: its own id of them. Another's may be equal. */
export const pupilReferenceKey = (
  school: School,
  source: string,
  reference: string,
): Promise<Fingerprint> => school.fingerprint('pupil-reference', `${source}|${reference}`)

/** What a contact is found again by: the name, title aside. */
export const contactKey = (
  school: School,
  contact: Pick<ContactRecord, 'surname' | 'forename'>,
): Promise<Fingerprint> =>
  school.fingerprint('name', `${fold(contact.surname)}|${fold(contact.forename ?? '')}`)

/** What a member of staff is found again by, where the school's system gives no id: the name. */
export const staffKey = (
  school: School,
  { surname, forename }: Pick<StaffRecord, 'surname' | 'forename'>,
): Promise<Fingerprint> => school.fingerprint('name', `${fold(surname)}|${fold(forename)}`)

/** What a member of staff is found again by: their id in the school's own system. */
export const staffReferenceKey = (school: School, reference: string): Promise<Fingerprint> =>
  school.fingerprint('staff-reference', reference)

/** What a group is found again by, however its name was spaced and capitalised. */
export const groupKey = (school: School, name: string): Promise<Fingerprint> =>
  school.fingerprint('group', fold(name))

/** What a number or an address is found again by. */
export const pointKey = (school: School, channel: Channel, value: string): Promise<Fingerprint> =>
  school.fingerprint(fingerprintKind(channel), channel === 'email' ? mailboxKey(value) : value)

const keyed = async (school: School, kind: string, value: string | null) =>
  value === null ? null : school.fingerprint(kind, fold(value))
