import { eq } from 'drizzle-orm'
import type { ContactId, PupilId, StaffId } from '#kernel'
import type { School } from '#shards'
import { contactName } from '../contact.ts'
import { fullName } from '../pupil.ts'
import { isNamed } from '../search.ts'
import { staffName } from '../staff.ts'
import { contacts, pupils } from '../tables.ts'
import { opened } from './opened.ts'
import { listStaff } from './staff.ts'

/** Anybody of whom the school holds a record. */
export type Someone =
  | { kind: 'pupil'; id: PupilId; name: string; hasLeft: boolean }
  | { kind: 'contact'; id: ContactId; name: string }
  | { kind: 'staff'; id: StaffId; name: string }

/**
 * Pupils, contacts and staff whose names begin with the words typed, those who have left too: for somebody
 * who looks for what was done about a person. Nobody where nothing is typed.
 */
export async function everyoneNamed(
  school: School,
  typed: string,
  { limit }: { limit: number },
): Promise<Someone[]> {
  const [children, adults, staff] = await Promise.all([
    school.db
      .select({ id: pupils.id, record: pupils.record, leftAtMs: pupils.leftAtMs })
      .from(pupils)
      .where(eq(pupils.schoolId, school.id)),
    school.db
      .select({ id: contacts.id, record: contacts.record })
      .from(contacts)
      .where(eq(contacts.schoolId, school.id)),
    listStaff(school),
  ])
  const everyone: Someone[] = [
    ...(await opened(school, pupils.record, children)).map(({ id, record, leftAtMs }) => {
      const name = fullName(record)
      return { kind: 'pupil' as const, id, name, hasLeft: leftAtMs !== null }
    }),
    ...(await opened(school, contacts.record, adults)).map(({ id, record }) => {
      return { kind: 'contact' as const, id, name: contactName(record) }
    }),
    ...staff.map(({ id, record }) => ({ kind: 'staff' as const, id, name: staffName(record) })),
  ]
  return everyone.filter(({ name }) => isNamed(name, typed)).slice(0, limit)
}
