import { and, desc, eq, isNotNull } from 'drizzle-orm'
import * as people from '#people'
import { type DfeNumber, partsOfDfeNumber } from '#schools'
import type { School } from '#shards'
import type { ImportRecord, KnownName, KnownSchool } from '../import.ts'
import type { RosterSchool } from '../records/roster.ts'
import { imports } from '../tables.ts'

/** What a file's school is compared with. */
export type Known = Pick<ImportRecord, 'known' | 'knownName'>

/**
 * Which school this is: by its number at the Department for Education, as the operator has entered it, else as the
 * last applied file said that gave any; and by the name that it has in its own system, as such a file said.
 */
export async function knownSchool(school: School, entered: DfeNumber | null): Promise<Known> {
  const last = await lastNaming(school)
  const number = entered ? { ...partsOfDfeNumber(entered), from: 'entered' as const } : last.known
  return { ...last, ...(number && { known: number }) }
}

/** Whether a file says which school it is of; a local authority alone is none. */
export const namesSchool = (said: RosterSchool | null): boolean =>
  Boolean(said?.establishment ?? said?.name)

/**
 * Whether a file may be of another school than this one (PRODUCT 5.4). Where both numbers are known they decide. A
 * name is believed that is the operator's for this school, or was in an import that somebody let in; a number or a
 * name that nobody knows is not, until somebody has said once that it is ours. A file that names no school says nothing.
 */
export function isAnotherSchool(
  said: RosterSchool | null,
  { ourName, known, knownName }: Pick<ImportRecord, 'ourName' | 'known' | 'knownName'>,
): boolean {
  if (!said) return false
  if (numbersDecide(said, known)) {
    return isOtherAuthority(said, known) || known?.establishment !== said.establishment
  }
  if (!namesSchool(said)) return false
  return ![ourName, knownName?.name].some((name) => isSameName(said.name, name))
}

/** Whether the two numbers say by themselves whether it is one school. */
export const numbersDecide = (said: RosterSchool, known: KnownSchool | undefined): boolean =>
  isOtherAuthority(said, known) || Boolean(said.establishment && known?.establishment)

const isOtherAuthority = ({ laCode }: RosterSchool, known: KnownSchool | undefined): boolean =>
  Boolean(known?.laCode && laCode && known.laCode !== laCode)

/** Of the last applied import that named a school, and what it had been compared with itself. */
async function lastNaming(school: School): Promise<Known> {
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
  if (!row) return {}
  const { school: said, ...before } = await school.open(imports.record, row.id, row.record)
  const number: KnownSchool | undefined = said?.establishment
    ? { laCode: said.laCode, establishment: said.establishment, from: row.id }
    : before.known
  const name: KnownName | undefined = said?.name
    ? { name: said.name, from: row.id }
    : before.knownName
  // What the operator had entered then is not what is entered now.
  const isOfFile = number && number.from !== 'entered'
  return { ...(isOfFile && { known: number }), ...(name && { knownName: name }) }
}

function isSameName(said: string | null, ours: string | undefined): boolean {
  const folded = foldName(said ?? '')
  return folded !== '' && folded === foldName(ours ?? '')
}

/**
 * A school's name as two systems may both write it. Words that tell schools of one parish apart stay: infant and
 * junior, Catholic and Church of England.
 */
function foldName(name: string): string {
  const words = people
    .fold(name)
    .replace(/['’‘`.]/g, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bsaint\b/g, 'st')
  // "The School" has nothing else to be known by.
  return words.replace(/\b(the|and|school|schools|sch)\b/g, '').replaceAll(' ', '') || words.trim()
}
