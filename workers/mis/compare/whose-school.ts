import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { type DfeNumber, partsOfDfeNumber } from '#schools'
import type { School } from '#shards'
import type { KnownSchool } from '../import.ts'
import type { RosterSchool } from '../records/roster.ts'
import { imports } from '../tables.ts'

/**
 * Which school this is, by the numbers of the Department for Education: as the operator has entered them, else
 * as the last applied file said that named any. Undefined where nobody has said it yet: then any file is believed.
 */
export async function knownSchool(
  school: School,
  entered: DfeNumber | null,
): Promise<KnownSchool | undefined> {
  if (entered) return { ...partsOfDfeNumber(entered), from: 'entered' }
  const [row] = await school.db
    .select({ id: imports.id, record: imports.record })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.namesSchool, true),
        isNotNull(imports.position),
      ),
    )
    .orderBy(desc(imports.position))
    .limit(1)
  if (!row) return undefined
  const { school: said } = await school.open(imports.record, row.id, row.record)
  return said ? { laCode: said.laCode, establishment: said.establishment, from: row.id } : undefined
}

/** Whether a file says by its number which school it is of. */
export const namesSchool = (said: RosterSchool | null): boolean => Boolean(said?.establishment)

/** Whether a file says that it is of another school than this one (PRODUCT 5.4). A file without a number says nothing. */
export function isAnotherSchool(
  said: RosterSchool | null,
  known: Pick<KnownSchool, 'laCode' | 'establishment'> | undefined,
): boolean {
  if (!said?.establishment || !known) return false
  const isSameAuthority = !known.laCode || !said.laCode || known.laCode === said.laCode
  return known.establishment !== said.establishment || !isSameAuthority
}
