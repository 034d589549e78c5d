import { and, eq } from 'drizzle-orm'
import type { School } from '#shards'
import type { Snapshot } from '../snapshot.ts'
import {
  contactAliases,
  contacts,
  memberships,
  points,
  pupils,
  relationships,
  restrictions,
} from '../tables.ts'
import { allGroups } from './groups.ts'
import { unended } from './restrictions.ts'

/** Everything an import compares with, in one query a table. Only the names of groups are opened. */
export async function snapshot(school: School): Promise<Snapshot> {
  const [pupilRows, contactRows, aliases, ties, pointRows, groups, members, held] =
    await Promise.all([
      knownPupils(school),
      contactsOf(school),
      aliasesOf(school),
      tiesOf(school),
      pointsOf(school),
      allGroups(school),
      membersOf(school),
      restrictionsOf(school),
    ])
  return {
    pupils: pupilRows,
    contacts: contactRows,
    aliases,
    relationships: ties,
    points: pointRows,
    groups: groups.map(({ id, kind, fingerprint, record }) => ({
      id,
      kind,
      fingerprint,
      name: record.name,
    })),
    memberships: members,
    restrictions: held,
  }
}

/** The pupils alone, on roll and left: enough to say whose a mark is. */
export const knownPupils = (school: School): Promise<Snapshot['pupils']> =>
  school.db
    .select({
      id: pupils.id,
      upnFingerprint: pupils.upnFingerprint,
      admissionFingerprint: pupils.admissionFingerprint,
      nameFingerprint: pupils.nameFingerprint,
      referenceFingerprint: pupils.referenceFingerprint,
      digest: pupils.digest,
      leftAtMs: pupils.leftAtMs,
    })
    .from(pupils)
    .where(eq(pupils.schoolId, school.id))

const contactsOf = (school: School) =>
  school.db
    .select({
      id: contacts.id,
      nameFingerprint: contacts.nameFingerprint,
      digest: contacts.digest,
    })
    .from(contacts)
    .where(eq(contacts.schoolId, school.id))

const aliasesOf = (school: School) =>
  school.db
    .select({
      pupilId: contactAliases.pupilId,
      nameFingerprint: contactAliases.nameFingerprint,
      contactId: contactAliases.contactId,
    })
    .from(contactAliases)
    .where(eq(contactAliases.schoolId, school.id))

const tiesOf = (school: School) =>
  school.db
    .select({
      id: relationships.id,
      pupilId: relationships.pupilId,
      contactId: relationships.contactId,
      priority: relationships.priority,
      hasParentalResponsibility: relationships.hasParentalResponsibility,
    })
    .from(relationships)
    .where(eq(relationships.schoolId, school.id))

const pointsOf = (school: School) =>
  school.db
    .select({
      id: points.id,
      personKind: points.personKind,
      personId: points.personId,
      channel: points.channel,
      fingerprint: points.fingerprint,
      position: points.position,
    })
    .from(points)
    .where(eq(points.schoolId, school.id))

const membersOf = (school: School) =>
  school.db
    .select({ groupId: memberships.groupId, pupilId: memberships.pupilId })
    .from(memberships)
    .where(eq(memberships.schoolId, school.id))

const restrictionsOf = (school: School) =>
  school.db
    .select({
      id: restrictions.id,
      contactId: restrictions.contactId,
      pupilId: restrictions.pupilId,
      source: restrictions.source,
      startsAtMs: restrictions.startsAtMs,
    })
    .from(restrictions)
    .where(and(eq(restrictions.schoolId, school.id), unended(school)))
