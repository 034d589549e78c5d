import { and, eq } from 'drizzle-orm'
import type { ContactId } from '#kernel'
import { anyOf, type School, type Statement } from '#shards'
import type { Child, Contact } from '../contact.ts'
import { contactKey } from '../keys.ts'
import { bySurname } from '../pupil.ts'
import { standingOf } from '../restriction.ts'
import type { ContactSaved } from '../snapshot.ts'
import { contacts, pupils, relationships } from '../tables.ts'
import { placings } from './groups.ts'
import { opened } from './opened.ts'
import { pointsOf } from './points.ts'
import { contactRecords, tiesOf } from './relationships.ts'
import { restrictionsOf } from './restrictions.ts'
import { saved, sealedRows } from './saved.ts'

/** One contact with the pupils they answer for; undefined where this school has none of that id. */
export async function findContact(school: School, id: ContactId): Promise<Contact | undefined> {
  const records = await contactRecords(school, [id])
  const record = records.get(id)
  if (!record) return undefined
  const [pointOf, children] = await Promise.all([pointsOf(school, [id]), childrenOf(school, id)])
  return { id, record, points: pointOf(id), children }
}

export async function contactsSaved(
  school: School,
  rows: readonly ContactSaved[],
): Promise<Statement[]> {
  const nowMs = school.clock.now()
  const sealed = await sealedRows(rows, async ({ id, record, digest }) => ({
    id,
    schoolId: school.id,
    record: await school.seal(contacts.record, id, record),
    nameFingerprint: await contactKey(school, record),
    digest,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
  }))
  const { record, nameFingerprint, digest, changedAtMs } = contacts
  return saved(contacts, sealed, [record, nameFingerprint, digest, changedAtMs])
}

async function childrenOf(school: School, id: ContactId): Promise<Child[]> {
  const ties = await tiesOf(school, eq(relationships.contactId, id))
  const ids = ties.map((tie) => tie.pupilId)
  if (ids.length === 0) return []
  const [rows, placingOf, restrictions] = await Promise.all([
    school.db
      .select()
      .from(pupils)
      .where(and(eq(pupils.schoolId, school.id), anyOf(pupils.id, ids))),
    placings(school, ids),
    restrictionsOf(school, [id]),
  ])
  const known = new Map((await opened(school, pupils.record, rows)).map((row) => [row.id, row]))
  return ties
    .flatMap(({ pupilId, priority, hasParentalResponsibility, record: { relationship } }) => {
      const pupil = known.get(pupilId)
      if (!pupil) return []
      const standing = standingOf(restrictions, id, pupilId)
      const tie = { relationship, priority, hasParentalResponsibility, standing }
      const hasLeft = pupil.leftAtMs !== null
      return [{ id: pupilId, record: pupil.record, ...placingOf(pupilId), hasLeft, ...tie }]
    })
    .sort(bySurname)
}
