import { and, desc, eq, gt } from 'drizzle-orm'
import type { Id, ImportId } from '#kernel'
import { insertAll, type School, type Statement, type Write } from '#shards'
import type { PushProblem } from './push/problem.ts'
import type { PushKind } from './push/wire.ts'
import type { RosterSchool } from './roster.ts'
import { type Compared, its, noneAfter, still } from './store.ts'
import { imports } from './tables.ts'

export type NewPush = {
  id: ImportId
  agentId: Id<'agent'>
  data: PushKind
  isPartial: boolean
  takenAtMs: number
  createdAtMs: number
}

/** What an agent has sent and nobody has opened yet; its own id is its fingerprint until then. */
export async function received(school: School, push: NewPush): Promise<Statement[]> {
  const row = {
    ...push,
    schoolId: school.id,
    state: 'received' as const,
    kind: 'push' as const,
    source: 'agent' as const,
    record: await school.seal(imports.record, push.id, { fileName: '', school: null }),
    fileFingerprint: await school.fingerprint('text-file', push.id),
    kept: 'everything' as const,
    createdBy: push.agentId,
  }
  return insertAll(imports, [row], 'ignore')
}

/** A push that nobody has to look at: compared and applied in one go. */
export async function takenIn(
  school: School,
  id: ImportId,
  { record, comparedAfter, ...found }: Compared,
): Promise<Write[]> {
  const sealed = await school.seal(imports.record, id, record)
  const position = comparedAfter + 1
  return [
    still(school, id, 'takeIn'),
    noneAfter(school, comparedAfter),
    school.db
      .update(imports)
      .set({
        ...found,
        state: 'applied',
        record: sealed,
        comparedAfter,
        position,
        closedAtMs: school.clock.now(),
      })
      .where(its(school, id)),
  ]
}

export const refused = (school: School, id: ImportId, because: PushProblem): Write[] => [
  still(school, id, 'refuse'),
  school.db
    .update(imports)
    .set({ state: 'refused', refusedBecause: because, closedAtMs: school.clock.now() })
    .where(its(school, id)),
]

/** Whether what an agent took from the school's system later than that has been applied already. */
export async function isOvertaken(
  school: School,
  { data, takenAtMs }: { data: PushKind; takenAtMs: number },
): Promise<boolean> {
  const [later] = await school.db
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.state, 'applied'),
        eq(imports.data, data),
        gt(imports.takenAtMs, takenAtMs),
      ),
    )
    .limit(1)
  return later !== undefined
}

/** How many applied imports are asked which school they were of: the newest that says it is believed. */
const ASKED = 20

/**
 * Whether a file says that it is of another school than the files before it (PRODUCT 5.4). The first file to
 * give the numbers of the Department for Education is believed; files without any say nothing.
 */
export async function isOfAnotherSchool(
  school: School,
  said: RosterSchool | null,
): Promise<boolean> {
  if (!said?.establishment) return false
  const rows = await school.db
    .select({ id: imports.id, record: imports.record })
    .from(imports)
    .where(and(eq(imports.schoolId, school.id), eq(imports.state, 'applied')))
    .orderBy(desc(imports.position))
    .limit(ASKED)
  for (const { id, record } of rows) {
    const { school: known } = await school.open(imports.record, id, record)
    if (!known?.establishment) continue
    const isSameAuthority = !known.laCode || !said.laCode || known.laCode === said.laCode
    return known.establishment !== said.establishment || !isSameAuthority
  }
  return false
}
