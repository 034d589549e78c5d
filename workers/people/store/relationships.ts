import { and, eq } from 'drizzle-orm'
import type { ContactId, PupilId } from '#kernel'
import { anyOf, insertAll, type School, type Statement } from '#shards'
import { byPriority, contactName, type PupilContact } from '../contact.ts'
import { standingOf } from '../restriction.ts'
import type { RelationshipId, RelationshipSaved } from '../snapshot.ts'
import { contacts, relationships } from '../tables.ts'
import { opened } from './opened.ts'
import { pointsOf } from './points.ts'
import { restrictionsOf } from './restrictions.ts'
import { sealedRows } from './saved.ts'

/** A pupil's contacts, in the order in which they are asked. */
export async function contactsOf(school: School, pupilId: PupilId): Promise<PupilContact[]> {
  const ties = await tiesOf(school, eq(relationships.pupilId, pupilId))
  if (ties.length === 0) return []
  const ids = ties.map((tie) => tie.contactId)
  const [records, pointOf, restrictions] = await Promise.all([
    contactRecords(school, ids),
    pointsOf(school, ids),
    restrictionsOf(school, ids),
  ])
  return ties
    .flatMap(({ contactId, priority, hasParentalResponsibility, record: { relationship } }) => {
      const record = records.get(contactId)
      const standing = standingOf(restrictions, contactId, pupilId)
      const tie = { relationship, priority, hasParentalResponsibility, standing }
      return record ? [{ id: contactId, record, points: pointOf(contactId), ...tie }] : []
    })
    .sort((a, b) => byPriority(a, b) || contactName(a.record).localeCompare(contactName(b.record)))
}

/** The relationships of one contact, one pupil, or of some of them. */
export async function tiesOf(school: School, condition: ReturnType<typeof eq>) {
  const rows = await school.db
    .select()
    .from(relationships)
    .where(and(eq(relationships.schoolId, school.id), condition))
  return opened(school, relationships.record, rows)
}

/** The records of some contacts. */
export async function contactRecords(school: School, ids: readonly ContactId[]) {
  const rows = await school.db
    .select({ id: contacts.id, record: contacts.record })
    .from(contacts)
    .where(and(eq(contacts.schoolId, school.id), anyOf(contacts.id, ids)))
  return new Map(
    (await opened(school, contacts.record, rows)).map(({ id, record }) => [id, record]),
  )
}

/** The words of some relationships ("Mother"), to say what an import would change. */
export async function relationshipWords(
  school: School,
  ids: readonly RelationshipId[],
): Promise<Map<RelationshipId, string | null>> {
  const ties = await tiesOf(school, anyOf(relationships.id, ids))
  return new Map(ties.map(({ id, record }) => [id, record.relationship]))
}

/** One a pair: the relationship that a pair had before is replaced. */
export async function relationshipsSaved(
  school: School,
  rows: readonly RelationshipSaved[],
): Promise<Statement[]> {
  const sealed = await sealedRows(rows, async ({ relationship, ...row }) => ({
    ...row,
    schoolId: school.id,
    record: await school.seal(relationships.record, row.id, { relationship }),
  }))
  return insertAll(relationships, sealed, 'replace')
}

export const relationshipsEnded = (school: School, ids: readonly RelationshipId[]): Statement[] =>
  ids.length === 0
    ? []
    : [
        school.db
          .delete(relationships)
          .where(and(eq(relationships.schoolId, school.id), anyOf(relationships.id, ids)))
          .toSQL(),
      ]

/** Makes a commit fail if the contact does not answer for the pupil any more. */
export const stillTied = (school: School, contactId: ContactId, pupilId: PupilId): Statement =>
  school.expect(
    school.db
      .select()
      .from(relationships)
      .where(
        and(
          eq(relationships.schoolId, school.id),
          eq(relationships.contactId, contactId),
          eq(relationships.pupilId, pupilId),
        ),
      ),
  )
