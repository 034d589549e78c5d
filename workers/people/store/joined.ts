import { and, eq, max, sql } from 'drizzle-orm'
import type { ContactId } from '#kernel'
import type { School, Statement, Write } from '#shards'
import { statement } from '#shards'
import type { Fingerprint } from '#vault'
import { contactAliases, contacts, points, relationships, restrictions } from '../tables.ts'

/** By what it is known that a contact is still the one that was shown. */
export async function digestOf(school: School, id: ContactId): Promise<Fingerprint | undefined> {
  const [row] = await school.db
    .select({ digest: contacts.digest })
    .from(contacts)
    .where(its(school, id))
  return row?.digest
}

export const stillSays = (school: School, id: ContactId, digest: Fingerprint): Statement =>
  school.expect(
    school.db
      .select()
      .from(contacts)
      .where(and(its(school, id), eq(contacts.digest, digest))),
  )

/**
 * Everything of `gone` becomes `kept`'s, as it stands when the commit runs. Of a child that both answer for,
 * the better priority and any parental responsibility count; a number that both have stays once. Restrictions
 * come along, every one: what held for either holds for both. By the name of `gone` an import finds `kept`.
 */
export function contactsJoined(school: School, kept: ContactId, gone: ContactId): Write[] {
  const ofGone = and(eq(relationships.schoolId, school.id), eq(relationships.contactId, gone))
  return [
    bothTiesJoined(school, kept, gone),
    school.db
      .update(relationships)
      .set({ contactId: kept })
      .where(
        and(
          ofGone,
          sql`${relationships.pupilId} not in (select pupil_id from relationships
            where school_id = ${school.id} and contact_id = ${kept})`,
        ),
      ),
    school.db.delete(relationships).where(ofGone),
    ...pointsJoined(school, kept, gone),
    ...aliasesJoined(school, kept, gone),
    school.db
      .update(restrictions)
      .set({ contactId: kept })
      .where(and(eq(restrictions.schoolId, school.id), eq(restrictions.contactId, gone))),
    school.db.delete(contacts).where(its(school, gone)),
  ]
}

/** For all the pupils that `kept` has by now, and what was joined to `gone` before. */
const aliasesJoined = (school: School, kept: ContactId, gone: ContactId): Write[] => [
  statement(sql`
    insert or ignore into contact_aliases
      (school_id, pupil_id, name_fingerprint, contact_id, joined_at_ms)
    select school_id, pupil_id, name_fingerprint, ${kept}, joined_at_ms from contact_aliases
      where school_id = ${school.id} and contact_id = ${gone}
    union
    select tie.school_id, tie.pupil_id, one.name_fingerprint, ${kept}, ${school.clock.now()}
      from relationships as tie join contacts as one
        on one.school_id = tie.school_id and one.id = ${gone}
      where tie.school_id = ${school.id} and tie.contact_id = ${kept}`),
  school.db
    .delete(contactAliases)
    .where(and(eq(contactAliases.schoolId, school.id), eq(contactAliases.contactId, gone))),
]

const bothTiesJoined = (school: School, kept: ContactId, gone: ContactId): Statement =>
  statement(sql`
    update relationships set
      priority = case when gone.priority is null then relationships.priority
        else min(gone.priority, coalesce(relationships.priority, gone.priority)) end,
      has_parental_responsibility =
        max(relationships.has_parental_responsibility, gone.has_parental_responsibility)
    from (select * from relationships where school_id = ${school.id} and contact_id = ${gone}) as gone
    where relationships.school_id = ${school.id} and relationships.contact_id = ${kept}
      and relationships.pupil_id = gone.pupil_id`)

function pointsJoined(school: School, kept: ContactId, gone: ContactId): Write[] {
  const ofGone = and(eq(points.schoolId, school.id), eq(points.personId, gone))
  const ofKept = school.db
    .select({ last: max(points.position) })
    .from(points)
    .where(and(eq(points.schoolId, school.id), eq(points.personId, kept)))
  return [
    school.db.delete(points).where(
      and(
        ofGone,
        sql`${points.fingerprint} in (select fingerprint from points
            where school_id = ${school.id} and person_id = ${kept})`,
      ),
    ),
    school.db
      .update(points)
      .set({ personId: kept, position: sql`${points.position} + coalesce((${ofKept}), 0)` })
      .where(ofGone),
  ]
}

const its = (school: School, id: ContactId) =>
  and(eq(contacts.schoolId, school.id), eq(contacts.id, id))
