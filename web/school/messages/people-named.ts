import type { ContactId, PupilId, StaffId } from '#kernel'
import * as people from '#people'
import type { PersonId } from '#people'
import type { Candidate } from '#messaging'
import type { School } from '#shards'

/** Names of the people in a trace, which itself holds ids only. Whoever was erased has none. */
export async function namesOf(
  school: School,
  candidates: readonly Candidate[],
): Promise<(id: PersonId | null) => string> {
  const of = <T extends PersonId>(kind: Candidate['personKind']) =>
    candidates.filter((one) => one.personKind === kind).map((one) => one.personId) as T[]
  const pupilIds = [...of<PupilId>('pupil'), ...candidates.flatMap(({ pupilId }) => pupilId ?? [])]
  const staffIds = new Set(of<StaffId>('staff'))
  const [contacts, pupils, staff] = await Promise.all([
    people.contactRecords(school, of<ContactId>('contact')),
    people.pupilRecords(school, [...new Set(pupilIds)]),
    staffIds.size > 0 ? people.listStaff(school) : [],
  ])
  const names = new Map<PersonId, string>()
  for (const [id, record] of contacts) names.set(id, people.contactName(record))
  for (const [id, record] of pupils) names.set(id, people.fullName(record))
  for (const { id, record } of staff) names.set(id, people.staffName(record))
  return (id) => (id === null ? '' : (names.get(id) ?? 'Somebody no longer on record'))
}
